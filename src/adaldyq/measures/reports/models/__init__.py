"""Reports, sealed to those who may read them, and the keys of those who may."""

from adaldyq.measures.reports.models.cases import CaseReport as CaseReport
from adaldyq.measures.reports.models.cases import CaseRequest as CaseRequest
from adaldyq.measures.reports.models.cases import MoneyBack as MoneyBack
from adaldyq.measures.reports.models.draws import OfficerDraw as OfficerDraw
from adaldyq.measures.reports.models.identities import Identity as Identity
from adaldyq.measures.reports.models.identities import IdentityOpening as IdentityOpening
from adaldyq.measures.reports.models.keys import OfficerKey as OfficerKey
from adaldyq.measures.reports.models.keys import ReceivingUnit as ReceivingUnit
from adaldyq.measures.reports.models.leaves import LeafRelease as LeafRelease
from adaldyq.measures.reports.models.leaves import ReporterLeaf as ReporterLeaf
from adaldyq.measures.reports.models.messages import Enclosure as Enclosure
from adaldyq.measures.reports.models.messages import Message as Message
from adaldyq.measures.reports.models.numbers import ReportCount as ReportCount
from adaldyq.measures.reports.models.numbers import ReportEdition as ReportEdition
from adaldyq.measures.reports.models.protection import InterimRelief as InterimRelief
from adaldyq.measures.reports.models.protection import ProtectionFile as ProtectionFile
from adaldyq.measures.reports.models.protection import RetaliationAct as RetaliationAct
from adaldyq.measures.reports.models.protection import SupportGiven as SupportGiven
from adaldyq.measures.reports.models.reports import KeyWrap as KeyWrap
from adaldyq.measures.reports.models.reports import Report as Report
from adaldyq.measures.reports.models.rewards import Reward as Reward
from adaldyq.measures.reports.models.ties import ReportTie as ReportTie
from adaldyq.measures.reports.models.watch import Bar as Bar
from adaldyq.measures.reports.models.watch import Escalation as Escalation
from adaldyq.measures.reports.models.watch import Referral as Referral
