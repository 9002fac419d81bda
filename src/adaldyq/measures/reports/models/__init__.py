"""Reports, sealed to those who may read them, and the keys of those who may."""

from adaldyq.measures.reports.models.keys import OfficerKey as OfficerKey
from adaldyq.measures.reports.models.keys import ReceivingUnit as ReceivingUnit
from adaldyq.measures.reports.models.messages import Enclosure as Enclosure
from adaldyq.measures.reports.models.messages import Message as Message
from adaldyq.measures.reports.models.numbers import ReportCount as ReportCount
from adaldyq.measures.reports.models.numbers import ReportEdition as ReportEdition
from adaldyq.measures.reports.models.reports import KeyWrap as KeyWrap
from adaldyq.measures.reports.models.reports import Report as Report
