"""R002: what the revisions of a record say about each other."""

from gtms.processing.cross_rules.definition import Check, View

# Two contents under the highest revision: the greater content hash holds until a higher revision
# says which one is right.
VIEWS = (
    View(
        looks_at=frozenset(),
        rows="""
SELECT country, family, record_uid,
    argMax(facility_id, (revision, content_hash)) AS facility_id,
    groupArray((revision, content_hash)) AS told, max(revision) AS highest
FROM registry.revisions
WHERE (country, record_uid) IN (SELECT country, record_uid FROM judge_touched)
GROUP BY country, family, record_uid
""",
        checks=(Check("R002", broken="arrayUniq(arrayFilter(r -> r.1 = highest, told)) > 1"),),
    ),
)
