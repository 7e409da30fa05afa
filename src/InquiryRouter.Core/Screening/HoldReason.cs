namespace InquiryRouter.Core.Screening;

/// <summary>Why an inquiry waits for a person: a code that is stored, and the sentence a coordinator reads.</summary>
public sealed record HoldReason(string Code, string Sentence, bool Urgent = false)
{
    public static readonly HoldReason Emergency = new("emergency-words",
        "The message contains words of an emergency. Contact the patient now; the page has told them to call their emergency number.", Urgent: true);

    public static readonly HoldReason NoConsentToShare = new("no-consent-to-share",
        "The patient has not agreed that clinics may see the inquiry. Ask them; it cannot be routed before.");

    public static readonly HoldReason Minor = new("minor",
        "The patient may be under 18: a parent or guardian must ask, and the clinic must treat children.");

    public static readonly HoldReason Neonatal = new("neonatal",
        "Neonatal lupus usually fades within six months; a parent or guardian and a clinic that treats children are needed.");

    public static readonly HoldReason DrugInduced = new("drug-induced",
        "Drug-induced lupus often subsides when the drug is stopped: advise the patient to ask the prescribing doctor first.");

    public static readonly HoldReason ConditionNotListed = new("condition-not-listed",
        "The patient named a condition that is not in the list; no clinic is matched by itself.");

    public static readonly HoldReason SuspectedSpam = new("suspected-spam",
        "The form was filled in the way programs do it, or the message is mostly links. Read it, then release or close it.");

    public static readonly HoldReason NoClinicFits = new("no-clinic-fits",
        "No clinic passes every gate for this inquiry at this moment. Released, it is matched again; with nothing changed it comes back here.");

    public static readonly HoldReason NoClinicLeft = new("no-clinic-left",
        "Every clinic that fitted has declined, let the offer lapse, or has no capacity left.");

    public static readonly HoldReason OfferLimit = new("offer-limit",
        "As many clinics as the policy allows have been asked, one after another, and none has taken the patient. Release it to ask others.");

    public static readonly HoldReason WaitsForCapacity = new("waits-for-capacity",
        "Every clinic that fits has no free place at this moment. It goes on by itself, the longest waiting first, when a place is freed.");

    public static readonly HoldReason ApprovalNeeded = new("approval-needed",
        "The policy asks for a coordinator's yes before a clinic is asked. Released, it is offered to the clinics of its match.");

    public static readonly HoldReason Recalled = new("recalled",
        "The clinic that had accepted the patient no longer meets a requirement (see the history). Speak with the patient and the clinic.");

    private static readonly HoldReason[] s_all =
        [WaitsForCapacity, ApprovalNeeded, Recalled, Emergency, NoConsentToShare, Minor, Neonatal, DrugInduced, ConditionNotListed, SuspectedSpam, NoClinicFits, NoClinicLeft, OfferLimit];

    /// <summary>The reason stored under <paramref name="code"/>; an unknown code (of a newer version) explains itself by its name.</summary>
    public static HoldReason Of(string code) => Array.Find(s_all, r => r.Code == code) ?? new HoldReason(code, code);
}
