"""What is asked of whoever closes a day."""

from equalterms.lib.api.fields import StrictSerializer, Words


class CloseSerializer(StrictSerializer):
    """`confirm` is the day's own slug: it cannot be undone."""

    confirm = Words(max_length=60)
