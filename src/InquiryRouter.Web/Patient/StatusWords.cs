using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Patient;

/// <summary>What there is to say about where an inquiry stands: texts that are true for one clinic, and for several.</summary>
internal static class StatusWords
{
    /// <summary>The headline, and what happens next.</summary>
    public static (string Title, string Text) Of(PatientCase found, Words words)
    {
        var key = "status.state." + KeyOf(found);
        return (words[key + ".title"], words[key + ".text"]);
    }

    /// <summary>What only the patient can change, in kind words; how many clinics it would open is a fact, not a promise.</summary>
    public static IReadOnlyList<Choice> Ideas(IReadOnlyList<Relaxation> relaxations, Words words) =>
        [.. relaxations.Select(r => new Choice(r.Kind, words.Text("status.idea." + r.Kind, ("clinics", r.Clinics))))];

    /// <summary>Nothing is done before they agree that clinics see it: true as soon as it is sent, before screening has looked.</summary>
    public static bool WaitsForConsent(PatientCase found) => KeyOf(found) == NoConsent;

    private const string NoConsent = "noConsent";

    private static string KeyOf(PatientCase found) => found.Inquiry.State switch
    {
        InquiryState.Received or InquiryState.Screened when !found.Facts.Shares => NoConsent,
        InquiryState.Received => "received",
        InquiryState.Screened => "screened",
        InquiryState.Held or InquiryState.Quarantined => Held(found.Inquiry),
        InquiryState.AwaitingPatient => "awaiting",
        InquiryState.Matched => "matched",
        InquiryState.Referred => Referred(found.Referrals),
        InquiryState.Accepted => Accepted(found),
        InquiryState.Booked => "booked",
        InquiryState.Closed => Closed(found.Inquiry),
        _ => throw new ArgumentOutOfRangeException(nameof(found), found.Inquiry.State, null),
    };

    private static string Held(InquiryRecord inquiry)
    {
        if (Has(inquiry, HoldReason.NoConsentToShare))
        {
            return NoConsent;
        }

        // Only the patient can mend it, and reads it only here.
        if (Has(inquiry, HoldReason.PatientUnreachable))
        {
            return "unreachable";
        }

        // More pressing than whether a clinic fits.
        if (Has(inquiry, HoldReason.TreatedAtOnce))
        {
            return "atOnce";
        }

        // What a coordinator looks into first is said first.
        return inquiry.HoldReasons.Any(r => !s_routing.ContainsKey(r)) ? "reading" : inquiry.HoldReasons.Select(r => s_routing[r]).FirstOrDefault("reading");
    }

    private static readonly Dictionary<HoldReason, string> s_routing = new()
    {
        [HoldReason.NoClinicFits] = "noFit", [HoldReason.WaitsForCapacity] = "full", [HoldReason.NoClinicLeft] = "looking", [HoldReason.OfferLimit] = "looking",
        [HoldReason.ReturnedByClinic] = "returned",
    };

    private static string Referred(IReadOnlyList<ReferralRecord> referrals)
    {
        var (quoted, open) = (referrals.Count(r => r.State == ReferralState.Quoted), referrals.Count(r => ReferralTransitions.IsOpen(r.State)));
        return (quoted, open) switch
        {
            ( > 1, _) => "quotedMany",
            (1, _) => "quoted",
            (_, > 1) => "askedMany",
            (_, 1) => "asked",
            _ => "next",
        };
    }

    private static string Accepted(PatientCase found)
    {
        var facts = found.Facts;
        var accepted = facts.Referrals.Where(r => r.HasPatient).ToList();
        return accepted.Count > 1 ? "acceptedMany" : accepted.Any(facts.Sees) ? "accepted" : "acceptedHidden";
    }

    private static string Closed(InquiryRecord inquiry) =>
        Has(inquiry, HoldReason.ClosedAsDuplicate) ? "duplicate"
        : Has(inquiry, HoldReason.PatientWithdrew) ? "withdrawn"
        : Has(inquiry, HoldReason.Treated) ? "treated"
        : Has(inquiry, HoldReason.BookedElsewhere) ? "bookedElsewhere"
        : Has(inquiry, HoldReason.GoneSilent) ? "goneSilent"
        : Has(inquiry, HoldReason.NotSuitable) ? "notSuitable"
        : Has(inquiry, HoldReason.ReachedOtherwise) ? "reachedOtherwise"
        : "closed";

    private static bool Has(InquiryRecord inquiry, HoldReason reason) => inquiry.HoldReasons.Contains(reason);
}
