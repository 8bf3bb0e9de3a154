"""Lights, and what a city calls them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_tui.domain.model.keyed import keyed


class Light(StrEnum):
    """Derived from status, deadline, last report and ``today``; never stored.

    未报 stands where the light would be green but the last period's report is missing, 不计 where the measure
    is suspended and in no figure, 不能断定 where a note of it cannot be read.
    """

    UNKNOWN = "不能断定"
    UNCOUNTED = "不计"
    GREEN = "绿"
    UNREPORTED = "未报"
    YELLOW = "黄"
    RED = "红"


#: Lights that lists of all lights show only where a measure has them.
RARE_LIGHTS = frozenset({Light.UNCOUNTED, Light.UNREPORTED, Light.UNKNOWN})


@dataclass(frozen=True, slots=True)
class LightNames:
    """What a city calls the lights; the words of the files and of ``--json`` stay the standard ones."""

    red: str = keyed("红", "红灯的叫法。", default="红", minLength=1, maxLength=4)
    yellow: str = keyed("黄", "黄灯的叫法。", default="黄", minLength=1, maxLength=4)
    green: str = keyed("绿", "绿灯的叫法。", default="绿", minLength=1, maxLength=4)
    unreported: str = keyed("未报", "缺了上一期报送的叫法。", default="未报", minLength=1, maxLength=4)

    def of(self, light: Light) -> str:
        """The name of one light."""
        return {
            Light.RED: self.red,
            Light.YELLOW: self.yellow,
            Light.GREEN: self.green,
            Light.UNREPORTED: self.unreported,
        }.get(light, light.value)
