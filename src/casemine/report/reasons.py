"""Why a file was left out, in the words of a Chinese report."""

from __future__ import annotations

from casemine.messages import in_chinese

__all__ = ["STATUS", "in_chinese"]

STATUS = {"passed over": "略过", "failed": "未能读取"}
