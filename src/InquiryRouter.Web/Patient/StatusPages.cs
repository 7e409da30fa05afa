using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Patient;

/// <summary>Tells a patient the truth about their inquiry: who has it, since when, and what is due by when.</summary>
public sealed class StatusPages(Database database, NetworkCache networks, ReferenceLists lists, Screener screener, PatientVault vault)
{
    /// <summary>The page of an inquiry, or null when it is gone.</summary>
    public async Task<StatusPageModel?> LoadAsync(Guid inquiryId, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var (inquiry, referrals, patient, match) = await database.ReadAsync(
            async session => await InquiryStore.FindAsync(session, inquiryId) is { } found
                ? (found, await ReferralStore.ListAsync(session, inquiryId), await InquiryStore.FindPatientAsync(session, inquiryId),
                    found.State == InquiryState.Held && found.HoldReasons.Contains(HoldReason.NoClinicFits) ? await MatchStore.FindNewestAsync(session, inquiryId) : null)
                : default,
            cancellation);
        if (inquiry is null)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(inquiry.Facts.TimeZone);
        var (headline, explanation) = Words(inquiry, referrals, match?.Relaxations ?? []);
        return new StatusPageModel
        {
            Reference = inquiry.Reference,
            Headline = headline,
            Explanation = explanation,
            // The page may be opened before the screening has read the message: an emergency does not wait for it.
            Urgent = inquiry.Urgent || (inquiry.State == InquiryState.Received && patient is not null && screener.HasEmergencyWords(vault.Open(patient).Message)),
            Now = [.. referrals.Where(r => IsCurrent(r.State)).SelectMany(r => Now(r, zone, ClinicName))],
            History = History(inquiry, referrals, zone, ClinicName),
        };

        string ClinicName(string code) => network.ByCode.TryGetValue(code, out var clinic)
            ? $"{clinic.Name}, {clinic.City}, {lists.CountryName(clinic.Country)}"
            : "A clinic that has left our network";
    }

    private static bool IsCurrent(ReferralState state) =>
        ReferralTransitions.IsOpen(state) || state is ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked;

    private static (string Headline, string Explanation) Words(InquiryRecord inquiry, IReadOnlyList<ReferralRecord> referrals, IReadOnlyList<Relaxation> relaxations) => inquiry.State switch
    {
        InquiryState.Received => ("We have your inquiry", "We are checking it and looking for accredited clinics that may and can help."),
        InquiryState.Held when inquiry.HoldReasons.Contains(HoldReason.NoConsentToShare) =>
            ("We need your answer first", "You have not agreed that clinics may see your inquiry, so no clinic has seen it. A coordinator will write to you and ask."),
        InquiryState.Held when inquiry.HoldReasons.Contains(HoldReason.NoClinicFits) =>
            ("We have not found a clinic yet", "No clinic in our network fits everything you asked for. A coordinator is looking at what could be done and will write to you." + Ideas(relaxations)),
        InquiryState.Held when inquiry.HoldReasons.Contains(HoldReason.WaitsForCapacity) =>
            ("The clinics that fit are full at the moment", "Your inquiry waits for the next free place, and goes on by itself, before any that came after it. A coordinator sees it as well."),
        InquiryState.Held when inquiry.HoldReasons.Contains(HoldReason.NoClinicLeft) || inquiry.HoldReasons.Contains(HoldReason.OfferLimit) =>
            ("We are still looking", "The clinics we asked could not take your inquiry. That says nothing about you. A coordinator is looking for another way and will write to you."),
        InquiryState.Held or InquiryState.Quarantined =>
            ("A coordinator is reading your inquiry", "A person of our team looks at it before anything else is done. It has not been passed to a clinic meanwhile."),
        InquiryState.AwaitingPatient => ("We need your answer", "We have written to you and wait for your answer."),
        InquiryState.Referred when referrals.Count(r => ReferralTransitions.IsOpen(r.State)) > 1 =>
            ("Clinics have your inquiry", "They see a summary without your name, and have until the times below to answer. If they do not, we ask the next ones."),
        InquiryState.Matched => ("We have found clinics", "We are offering your inquiry to the one that fits best."),
        InquiryState.Referred when referrals.Any(r => ReferralTransitions.IsOpen(r.State)) =>
            ("A clinic has your inquiry", "It sees a summary without your name, and has until the time below to answer. If it does not, we ask the next one."),
        InquiryState.Referred => ("We are asking the next clinic", "The last clinic could not take your inquiry. That says nothing about you."),
        InquiryState.Accepted => ("A clinic has accepted your inquiry", "It now sees your name and how to reach you, and will contact you. Nothing is decided: ask everything you want to know first."),
        InquiryState.Booked => ("Your treatment is booked", "The clinic has told us of your booking."),
        InquiryState.Closed when inquiry.HoldReasons.Contains(HoldReason.ClosedAsDuplicate) =>
            ("We go on with your other inquiry", "A coordinator has read this inquiry together with another one of yours, and goes on with that one. You need not do anything, and no clinic is asked twice."),
        InquiryState.Closed => ("This inquiry is closed", "Nothing more happens with it. If you need us, please send a new one."),
        InquiryState.Erased => ("This inquiry was erased", "We no longer hold your data."),
        _ => throw new ArgumentOutOfRangeException(nameof(inquiry), inquiry.State, null),
    };

    // What only the patient can change, in kind words; how many clinics it would open is a fact, not a promise.
    private static string Ideas(IReadOnlyList<Relaxation> relaxations) => relaxations.Count == 0
        ? string.Empty
        : " Something that could help: " + string.Join("; or ", relaxations.Select(r => r.Kind switch
        {
            "destination" => $"if you could also travel elsewhere, we could ask {Clinics(r.Clinics)}",
            "language" => $"if an interpreter could help you speak with the clinic, we could ask {Clinics(r.Clinics)}",
            "budget" => $"if it could cost more, we could ask {Clinics(r.Clinics)}",
            _ => $"{r.Kind}: {Clinics(r.Clinics)}",
        })) + ". Only if it is right for you: tell the coordinator.";

    private static string Clinics(int count) => count == 1 ? "1 clinic" : string.Create(CultureInfo.InvariantCulture, $"{count} clinics");

    private static List<Row> Now(ReferralRecord referral, TimeZoneInfo zone, Func<string, string> clinicName)
    {
        List<Row> rows = [new("Clinic", clinicName(referral.ClinicCode)), new("Since", At(referral.OfferedAt, zone))];
        if (ReferralTransitions.IsOpen(referral.State))
        {
            rows.Add(new("Answer due by", At(referral.OfferUntil, zone)));
        }

        return rows;
    }

    private static List<Row> History(InquiryRecord inquiry, IReadOnlyList<ReferralRecord> referrals, TimeZoneInfo zone, Func<string, string> clinicName)
    {
        var events = new List<(DateTimeOffset At, string Text)> { (inquiry.ReceivedAt, "We received your inquiry.") };
        foreach (var referral in referrals)
        {
            events.Add((referral.OfferedAt, $"We asked {clinicName(referral.ClinicCode)}."));
            if (referral.AnsweredAt is { } answered)
            {
                events.Add((answered, referral.State switch
                {
                    ReferralState.Declined => "The clinic could not take your inquiry.",
                    ReferralState.Expired => "The clinic did not answer in time.",
                    ReferralState.Returned => "The clinic gave your inquiry back to us.",
                    ReferralState.Withdrawn => "We took the offer back.",
                    _ => "The clinic accepted your inquiry.",
                }));
            }
        }

        if (inquiry.State is InquiryState.Held or InquiryState.Quarantined)
        {
            events.Add((inquiry.ChangedAt, "A coordinator was asked to look at it."));
        }

        // Newest first; of two things at one moment the later step.
        return [.. events.Index().OrderByDescending(e => e.Item.At).ThenByDescending(e => e.Index).Select(e => new Row(At(e.Item.At, zone), e.Item.Text))];
    }

    private static string At(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + $" ({zone.Id})";
}
