// Keeps what is typed into an entry of a draft after a pause, as the button of its form would. Without it nothing is lost
// that was saved by the button. When the server does not take it, it says why and leaves the rest to the button. What the
// server finds wrong stands beside its box at once, but not while somebody still types there.
const PAUSE = 5000
const PATIENCE = 15000 // for an answer; what hangs longer is given up, and sent anew with what is typed next
const BEFORE_SAVING = 3000 // for an answer once the button was pressed, which then does not wait any longer
const MOST_UNANSWERED = 3
const form = document.getElementById('entry')
const told = document.getElementById('autosave')
const revision = form.elements.revision
let waiting = 0
let running = null
let asking = null
let stopped = false
let judged = null
let unanswered = [] // what was sent and may have been kept, so that it is not taken for another window's

function tell (words) {
  if (told.textContent !== words) told.textContent = words
}

function mark (error, wrong) {
  const group = error.closest('.govuk-form-group')
  group.classList.toggle('govuk-form-group--error', wrong)
  for (const box of group.querySelectorAll('.govuk-input')) box.classList.toggle('govuk-input--error', wrong)
}

function beside (field, words) {
  const hint = document.getElementById(`id_${field}-hint`)
  let error = document.getElementById(`id_${field}-error`)
  if (error === null) {
    if (hint === null || hint.parentElement.contains(document.activeElement)) return
    error = document.createElement('p')
    error.id = `id_${field}-error`
    error.className = 'govuk-error-message'
    hint.after(error)
    const described = form.querySelector(`[aria-describedby~="${hint.id}"]`)
    described?.setAttribute('aria-describedby', `${hint.id} ${error.id}`)
  }
  mark(error, true)
  if (error.textContent !== words) error.textContent = words
}

function judge () {
  if (judged === null) return
  for (const error of form.querySelectorAll('.govuk-error-message')) {
    const field = error.id.slice('id_'.length, -'-error'.length)
    if (field in judged.wrong || judged.missing.includes(field)) continue
    mark(error, false)
    error.remove()
  }
  for (const [field, words] of Object.entries(judged.wrong)) beside(field, words)
}

function boxes () {
  return new URLSearchParams(new FormData(form)).toString()
}

let kept = boxes()

// What the server answers; null when it does not, or with something else, as a page on the way may.
async function asked (sent, keepalive) {
  const body = new URLSearchParams(sent)
  for (const before of unanswered) body.append('unanswered', before)
  unanswered = [...unanswered, sent].slice(-MOST_UNANSWERED)
  asking = new AbortController()
  const impatient = setTimeout(() => asking.abort(), PATIENCE)
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json' },
      redirect: 'manual',
      signal: asking.signal,
      keepalive
    })
    if (answer.type === 'opaqueredirect' || answer.status === 403) return { ended: true }
    if (!answer.headers.get('Content-Type')?.startsWith('application/json')) return null
    return { ok: answer.ok, status: answer.status, facts: await answer.json() }
  } catch {
    return null
  } finally {
    clearTimeout(impatient)
  }
}

async function keep (keepalive) {
  const sent = boxes()
  if (stopped || sent === kept) return
  const answer = await asked(sent, keepalive)
  if (answer === null) return tell(told.dataset.away)
  if (answer.ended) {
    stopped = true
    return tell(told.dataset.ended)
  }
  unanswered = answer.ok ? [] : unanswered.slice(0, -1)
  const { message, revision: now, wrong, missing } = answer.facts
  tell(message)
  if (!answer.ok) {
    stopped = answer.status === 409
    return
  }
  judged = { wrong, missing }
  judge()
  revision.value = now
  kept = boxes() === sent.replace(/revision=\d+/, `revision=${now}`) ? boxes() : ''
  document.getElementById('leave').textContent = told.dataset.leave
}

function now (keepalive = false) {
  clearTimeout(waiting)
  running = (running ?? Promise.resolve()).then(() => keep(keepalive)).catch(() => tell(told.dataset.away))
  return running
}

form.addEventListener('input', () => {
  clearTimeout(waiting)
  waiting = setTimeout(now, PAUSE)
})
form.addEventListener('focusout', () => setTimeout(judge))
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') now(true)
})
form.addEventListener('submit', async event => {
  clearTimeout(waiting)
  stopped = true
  if (running === null) return
  event.preventDefault()
  await Promise.race([running, new Promise(resolve => setTimeout(resolve, BEFORE_SAVING))])
  asking?.abort()
  for (const old of form.querySelectorAll('[name=unanswered]')) old.remove()
  for (const before of unanswered) {
    const box = document.createElement('input')
    Object.assign(box, { type: 'hidden', name: 'unanswered', value: before })
    revision.before(box)
  }
  form.submit()
})
