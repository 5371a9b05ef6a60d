"""What catalogs show, and to whom, as plain values that can be kept in a cache."""

from typing import NamedTuple


class Terms(NamedTuple):
    """Products by the relation to catalogs, by category and by tag."""

    catalog_ids: tuple = ()
    category_ids: tuple = ()
    tag_ids: tuple = ()
    everything: bool = False


class Audience(NamedTuple):
    """Who looks; all zero and empty for visitors and retail customers."""

    company_id: int
    party_id: int = 0
    group_id: int = 0
    segment_ids: tuple = ()
    party_group_ids: tuple = ()
    agreement_number: str = ""

    def clauses(self):
        """``[(audience, field, values)]`` of the catalogs that count for it.

        A clause without a field holds by its audience alone; agreements are meant
        by their number, whatever the version.
        """
        found = [("everyone", None, None)]
        if not self.party_id:
            return found
        found.append(("trade", None, None))
        for audience, field, values in (
            ("parties", "party_ids", (self.party_id,)),
            ("groups", "group_ids", (self.group_id,) if self.group_id else ()),
            ("segments", "segment_ids", self.segment_ids),
            ("party_groups", "party_group_ids", self.party_group_ids),
            (
                "agreements",
                "agreement_ids",
                (self.agreement_number,) if self.agreement_number else (),
            ),
        ):
            if values:
                found.append((audience, field, values))
        return found
