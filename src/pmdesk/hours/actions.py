"""What may be asked of the hours; their words."""

from typing import Literal

KindOfWork = Literal["strategic", "tactical", "overhead"]
"""Mine, fixed by the category of an hour (DOMAIN §3)."""

AuditVerdict = Literal["keep", "stop", "streamline", "hand-over"]
"""What the weekly audit found about an entry (DOMAIN §5, "Avoidable")."""
