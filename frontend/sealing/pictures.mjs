// A copy of a picture without what a camera writes beside it (place, device, time): only its points are drawn anew.
const KINDS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "png", "image/gif": "png", "image/bmp": "png" };

export const isImage = (file) => file.type in KINDS;

export async function cleaned(content, file) {
  const picture = await createImageBitmap(new Blob([content], { type: file.type }));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const ending = KINDS[file.type];
  const kind = ending === "jpg" ? "image/jpeg" : "image/png";
  const blob = await new Promise((done) => canvas.toBlob(done, kind, 0.92));
  if (!blob) throw new Error("not drawn");
  const stem = file.name.replace(/\.[^.]*$/, "");
  return { content: new Uint8Array(await blob.arrayBuffer()), name: `${stem}-clean.${ending}` };
}
