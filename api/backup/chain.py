"""Whether the journal is as it was written: every entry's digest reckoned again, and the first that does not fit (ADR 26).

Reckoned here and not by the functions of the database: whoever changes the one could change the others.
"""

from dataclasses import dataclass

from api.backup.server import Connection

# An instant of the web machine's clock that is further than this from the database's own is told.
_APART = 600

_ENTRIES = """
WITH removed AS (
    SELECT entry_id, (array_agg(was ORDER BY id))[1] AS was, (array_agg(becomes ORDER BY id DESC))[1] AS becomes
    FROM journal_redaction GROUP BY entry_id
), told AS (
    SELECT journal.*, row_number() OVER chain AS place, lag(digest) OVER chain AS previous,
        sha256(convert_to(jsonb_build_array(before, after, actor_name)::text, 'UTF8')) AS words
    FROM journal WINDOW chain AS (PARTITION BY plan_id ORDER BY coalesce(revision, directory_revision), id)
), reckoned AS (
    SELECT told.*, removed.entry_id IS NOT NULL AS redacted, coalesce(removed.becomes, words) AS stands,
        sha256(coalesce(previous, ''::bytea) || coalesce(removed.was, words) || convert_to(jsonb_build_array(
            told.id, extract(epoch FROM at), extract(epoch FROM written_at), plan_id, revision, directory_revision, request_id,
            account_id, partner_token_id, object_type, object_id, verb)::text, 'UTF8')) AS link
    FROM told LEFT JOIN removed ON removed.entry_id = told.id
)
"""
_FIRST = (
    _ENTRIES
    + """
SELECT reckoned.id, coalesce(plan.slug, 'the directory'), object_type, verb, actor_name, at::text
FROM reckoned LEFT JOIN plan ON plan.id = reckoned.plan_id
WHERE digest IS DISTINCT FROM link OR words <> stands ORDER BY reckoned.id LIMIT 1
"""
)
_COUNTED = (
    _ENTRIES
    + """
SELECT count(*), count(*) FILTER (WHERE redacted),
    count(*) FILTER (WHERE abs(extract(epoch FROM written_at - at)) > %s),
    min(id) FILTER (WHERE abs(extract(epoch FROM written_at - at)) > %s)
FROM reckoned
"""
)
# The entries that the counters know of and that are not there: the end of a chain has nothing after it that would miss it. A restore
# raises the directory's counter beside the entries of its plans (restore.py), and says so nowhere else.
_ENDS = """
SELECT what, stands, counted FROM (
    SELECT plan.slug AS what, coalesce(max(journal.revision), 0) AS stands, min(plan_revision.value) AS counted
    FROM plan_revision JOIN plan ON plan.id = plan_revision.plan_id
    LEFT JOIN journal ON journal.plan_id = plan.id GROUP BY plan.slug
    UNION ALL
    SELECT 'the directory', coalesce(max(journal.directory_revision), 0), min(directory_revision.value)
    FROM directory_revision LEFT JOIN journal ON journal.directory_revision IS NOT NULL
) AS ends WHERE stands <> counted AND NOT (what = 'the directory' AND stands < counted AND EXISTS (
    SELECT FROM journal WHERE verb = 'restored' AND id > (
        SELECT coalesce(max(id), 0) FROM journal AS told WHERE told.directory_revision IS NOT NULL)
)) ORDER BY what LIMIT 1
"""
# What the database keeps beside the journal of each chain's end: its last entry, also where others of its revision are there still.
_NOTED = """
SELECT coalesce(plan.slug, 'the directory'), coalesce(stands.entries, 0), coalesce(journal_end.entries, 0) FROM (
    SELECT coalesce(plan_id, '00000000-0000-0000-0000-000000000000') AS chain, count(*) AS entries,
        (array_agg(digest ORDER BY coalesce(revision, directory_revision) DESC, id DESC))[1] AS digest
    FROM journal GROUP BY 1
) AS stands FULL JOIN journal_end USING (chain) LEFT JOIN plan ON plan.id = chain
WHERE (stands.entries, stands.digest) IS DISTINCT FROM (journal_end.entries, journal_end.digest) ORDER BY 1 LIMIT 1
"""
_REMOVALS = """
SELECT id FROM (
    SELECT id, digest, sha256(coalesce(lag(digest) OVER (ORDER BY id), ''::bytea) || was || becomes
        || convert_to(jsonb_build_array(entry_id, extract(epoch FROM at))::text, 'UTF8')) AS link,
        was IS DISTINCT FROM coalesce(lag(becomes) OVER (PARTITION BY entry_id ORDER BY id), was) AS torn,
        EXISTS (SELECT FROM journal WHERE journal.id = entry_id) AS there
    FROM journal_redaction
) AS noted WHERE digest <> link OR torn OR NOT there ORDER BY id LIMIT 1
"""


@dataclass(frozen=True)
class Verdict:
    """How the journal stands: `wrong` is a sentence about the first thing that does not fit, None when all does.

    `entries` in all; `redacted`: those that words were removed from; `apart`: how many say another hour than the database's,
    from `first_apart` on.
    """

    entries: int
    redacted: int
    apart: int
    first_apart: int | None
    wrong: str | None


def verify(connection: Connection) -> Verdict:
    """Reckon every digest of the journal again. 5 SELECTs, which read it whole."""
    entries, redacted, apart, first = connection.execute(_COUNTED, [_APART, _APART]).fetchall()[0]
    return Verdict(entries, redacted, apart, first, _find_wrong(connection))


def _find_wrong(connection: Connection) -> str | None:
    entry = connection.execute(_FIRST).fetchall()
    if entry:
        number, chain, thing, verb, who, at = entry[0]
        return (
            f"Entry {number} of {chain} ({thing} {verb} by {who}, {at}) does not fit: it, or what stood before it, was changed, "
            "removed or added past the product."
        )
    end = connection.execute(_ENDS).fetchall()
    if end:
        what, stands, counted = end[0]
        return f"The journal of {what} ends at revision {stands}, and its counter stands at {counted}: what came last was removed."
    noted = connection.execute(_NOTED).fetchall()
    if noted:
        what, stands, counted = noted[0]
        return (
            f"The journal of {what} has {stands} entries, and the end that the database noted is that of {counted}: what came last was "
            "removed or added past the product."
        )
    removal = connection.execute(_REMOVALS).fetchall()
    if removal:
        return f"Removal {removal[0][0]} of words from the journal does not fit: it, or one before it, was changed or removed."
    return None
