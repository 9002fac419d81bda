"""Attacks on a receipt: each takes one that holds and forges it, or gives another text in its place."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata

from adaldyq.ledger.leaves import Commitment, entry, seal
from adaldyq.ledger.merkle import leaf_hash
from adaldyq.ledger.notes import decoded, encoded
from tests.faults.attacks.world import AT, LINES, OTHER, SIZE, Document, Tree, flipped

# What the line says.


def act_renamed(one: Document) -> None:
    one["entry"] = one["entry"].replace("make", "mark")


def hour_moved(one: Document) -> None:
    one["entry"] = one["entry"].replace("T12:00Z", "T13:00Z")


def hour_made_a_minute(one: Document) -> None:
    one["entry"] = one["entry"].replace("T12:00Z", "T12:07Z")


def commitment_flipped(one: Document) -> None:
    said = json.loads(one["entry"])["commitment"]
    one["entry"] = one["entry"].replace(said, flipped(bytes.fromhex(said)).hex())


def version_raised(one: Document) -> None:
    one["entry"] = one["entry"].replace('"version":1', '"version":2')


def line_of_a_neighbour(one: Document) -> None:
    one["entry"] = OTHER["entry"]


def line_with_two_acts(one: Document) -> None:
    one["entry"] = one["entry"].replace('{"act"', '{"act":"room.record.burn","act"')


def line_in_another_order(one: Document) -> None:
    one["entry"] = json.dumps(dict(reversed(json.loads(one["entry"]).items())), separators=(",", ":"))


def line_with_spaces(one: Document) -> None:
    one["entry"] = json.dumps(json.loads(one["entry"]))


def line_with_a_word_more(one: Document) -> None:
    one["entry"] = one["entry"].replace('"version"', '"about":"you","version"')


def line_with_control_signs(one: Document) -> None:
    one["entry"] = one["entry"].replace("room.", "\\u001b[2Jroom.")


def line_that_turns_the_text_around(one: Document) -> None:
    one["entry"] = one["entry"].replace("room.", "\u202eroom.")


def line_that_is_an_inner_node(one: Document) -> None:
    pair = leaf_hash(LINES[4].entry) + leaf_hash(LINES[5].entry)
    one.update(entry=pair.decode("latin-1"), index=2, proof=one["proof"][1:])


def line_as_deep_as_a_well(one: Document) -> None:
    one["entry"] = "[" * 200_000


def line_of_a_malicious_log_with_two_commitments(one: Document) -> str:
    line = LINES[5].entry.replace(b'"version"', b'"commitment":"' + b"0" * 64 + b'","version"')
    return in_a_log_of_its_own(Commitment(line, LINES[5].salt, LINES[5].payload))


# Its place and the proof.


def place_of_a_neighbour(one: Document) -> None:
    one["index"] = 4


def place_behind_the_last(one: Document) -> None:
    one["index"] = SIZE


def place_far_behind_the_last(one: Document) -> None:
    one["index"] = 2**62 + 5


def place_before_the_first(one: Document) -> None:
    one["index"] = -1


def place_as_text(one: Document) -> None:
    one["index"] = "5"


def place_as_a_fraction(one: Document) -> None:
    one["index"] = 5.0


def place_that_is_true(one: Document) -> None:
    one["index"] = True


def place_of_ten_thousand_digits(one: Document) -> str:
    return json.dumps(one).replace('"index": 5', '"index": ' + "9" * 10_000)


def proof_cut_at_the_top(one: Document) -> None:
    one["proof"].pop()


def proof_cut_at_the_bottom(one: Document) -> None:
    one["proof"].pop(0)


def proof_gone(one: Document) -> None:
    one["proof"] = []


def proof_with_a_step_more(one: Document) -> None:
    one["proof"].append(one["proof"][-1])


def proof_with_steps_swapped(one: Document) -> None:
    one["proof"][0], one["proof"][1] = one["proof"][1], one["proof"][0]


def proof_turned_around(one: Document) -> None:
    one["proof"].reverse()


def proof_with_a_bit_turned(one: Document) -> None:
    one["proof"][3] = encoded(flipped(decoded(one["proof"][3]) or b""))


def proof_with_a_short_step(one: Document) -> None:
    one["proof"][3] = encoded((decoded(one["proof"][3]) or b"")[:31])


def proof_of_a_neighbour(one: Document) -> None:
    one["proof"] = OTHER["proof"]


def proof_of_65_steps(one: Document) -> None:
    one["proof"] = [one["proof"][0]] * 65


def proof_in_base64_with_loose_bits(one: Document) -> None:
    one["proof"][0] = loosened(one["proof"][0])


# What the holder's own copy opens.


def salt_flipped(one: Document) -> None:
    one["own"]["salt"] = encoded(flipped(LINES[5].salt))


def salt_of_a_neighbour(one: Document) -> None:
    one["own"]["salt"] = encoded(LINES[6].salt)


def salt_with_a_zero_behind_it(one: Document) -> None:
    one["own"]["salt"] = encoded(LINES[5].salt + b"\0")


def salt_that_is_hashed_to_the_right_one(one: Document) -> str:
    long = b"a salt longer than a block of SHA-256, which HMAC takes for the hash of it, and nobody sees it"
    payload = LINES[5].payload
    line = Commitment(entry("room.record.make", AT, seal(hashlib.sha256(long).digest(), payload)), long, payload)
    return in_a_log_of_its_own(line)


def payload_changed(one: Document) -> None:
    one["own"]["payload"] = LINES[6].payload


def payload_in_another_order(one: Document) -> None:
    one["own"]["payload"] = json.dumps(
        dict(reversed(json.loads(LINES[5].payload).items())), separators=(",", ":"), ensure_ascii=False
    )


def payload_in_another_unicode_form(one: Document) -> None:
    one["own"]["payload"] = unicodedata.normalize("NFD", LINES[5].payload)


def payload_with_escapes(one: Document) -> None:
    one["own"]["payload"] = LINES[5].payload.replace("Й", "\\u0419")


def payload_with_another_number(one: Document) -> None:
    one["own"]["payload"] = LINES[5].payload.replace('"amount":1', '"amount":1.0')


def payload_with_half_a_letter(one: Document) -> None:
    one["own"]["payload"] = LINES[5].payload.replace("Й", "\ud800")


def payload_that_a_malicious_log_told_twice(one: Document) -> str:
    return opened_by_a_malicious_log('{"amount":1,"amount":1000000}')


def payload_that_a_malicious_log_wrote_in_another_order(one: Document) -> str:
    return opened_by_a_malicious_log('{"record":"R5","amount":1}')


def payload_that_is_no_json(one: Document) -> str:
    return opened_by_a_malicious_log("whatever the log says later that it was")


def payload_as_deep_as_a_well(one: Document) -> str:
    return opened_by_a_malicious_log("[" * 100_000)


def copy_without_its_salt(one: Document) -> None:
    del one["own"]["salt"]


def copy_with_a_word_more(one: Document) -> None:
    one["own"]["meaning"] = "that the money was paid"


# The document itself.


def document_with_two_lines(one: Document) -> str:
    return json.dumps(one).replace('{"format"', json.dumps({"entry": OTHER["entry"]})[:-1] + ', "format"', 1)


def document_with_two_payloads(one: Document) -> str:
    return json.dumps(one).replace('"own": {', '"own": {"payload": "{}", ')


def document_with_a_word_more(one: Document) -> None:
    one["verdict"] = "holds"


def document_of_another_format(one: Document) -> None:
    one["format"] = "adaldyq-receipt/2"


def document_without_a_checkpoint(one: Document) -> None:
    del one["checkpoint"]


def document_with_a_key_that_is_none(one: Document) -> None:
    one["keys"] = ["example.kz/ledger+00000000+AAAA"]


def document_as_deep_as_a_well(one: Document) -> str:
    return '{"format":' * 90_000


def document_too_large(one: Document) -> None:
    one["reference"] = "A" * 1_000_001


def document_with_a_number_that_is_none(one: Document) -> str:
    return json.dumps(one).replace('"index": 5', '"index": NaN')


def document_with_a_mark_before_it(one: Document) -> str:
    return "\ufeff" + json.dumps(one)


def document_that_is_a_list(one: Document) -> str:
    return json.dumps([one])


def document_that_is_nothing(one: Document) -> str:
    return ""


def in_a_log_of_its_own(line: Commitment) -> str:
    """The receipt of a line that a log with the true keys has put into its tree."""
    return Tree([*LINES[:5], line, *LINES[6:]]).receipt().text()


def opened_by_a_malicious_log(payload: str) -> str:
    """The receipt of a line that commits to a payload in a form of the log's own."""
    line = Commitment(entry("room.record.make", AT, seal(LINES[5].salt, payload)), LINES[5].salt, payload)
    return in_a_log_of_its_own(line)


def loosened(text: str) -> str:
    """The same bytes in base 64 whose last letter has bits that nobody reads."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = text.rstrip("=")
    found = body[:-1] + letters[letters.index(body[-1]) + 1] + text[len(body) :]
    assert base64.b64decode(found) == base64.b64decode(text)
    return found
