"""Which fields are dates is told by their names: this is the list that must come out."""

from gtms.events.plausible import is_date
from gtms.families import FAMILIES

DATES = {
    "facility": {"valid_from", "valid_to"},
    "capacity": {"as_of_date"},
    "qa_assessment": {"assessment_date", "next_assessment_due"},
    "admission": {"request_date", "assessment_date", "admission_date", "first_offer_date"},
    "outcome": {"event_date", "discharge_decision_date", "oat_last_dose_date"},
    "training_event": {"start_date", "end_date"},
    "training_participant": {"follow_up_date"},
    "estimate": set(),
    "profile": set(),
}


def test_the_dates_of_each_family_are_known() -> None:
    found = {
        name: {
            field.name
            for field in family.record_type.DESCRIPTOR.fields_by_name["record"].message_type.fields
            if is_date(field)
        }
        for name, family in FAMILIES.items()
    }
    assert found == DATES
