"""Codes suggested by a language model: what it is asked, where it is asked, and what it answered."""

from casemine.coding.llm.endpoint import Endpoint
from casemine.coding.llm.log import Answered, AnswerLog
from casemine.coding.llm.prompt import Answer, instructions, parsed, question

__all__ = ["Answer", "AnswerLog", "Answered", "Endpoint", "instructions", "parsed", "question"]
