using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Intake;

/// <summary>
/// Whether the same browser has sent this inquiry before, or one like it: who goes back and presses the button again does not mean a second
/// one. Only links that the browser holds are looked at, so that nobody learns of an inquiry by typing what is in it.
/// </summary>
public sealed class FindSentBefore(Work work, InquiryValidator validator, PatientVault vault)
{
    /// <summary>What is older is another matter.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(1);

    private const int MostLinks = 5;

    /// <param name="tokens">Secrets of the links that the browser holds, the newest first.</param>
    /// <param name="form">What was sent.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<SentBefore> RunAsync(IReadOnlyList<string> tokens, InquiryForm form, CancellationToken cancellation)
    {
        if (tokens.Count == 0 || validator.Validate(form, string.Empty, work.Now).Inquiry is not { } sent)
        {
            return SentBefore.Nothing.It;
        }

        SentBefore found = SentBefore.Nothing.It;
        foreach (var (token, earlier) in await work.ReadAsync(session => LoadAsync(session, tokens), cancellation))
        {
            if (earlier.Facts.IsOver || work.Now - earlier.Inquiry.ReceivedAt > Within
                || sent.Facts.Relation != earlier.Inquiry.Facts.Relation)
            {
                continue;
            }

            var data = vault.Open(earlier.Patient);
            if (sent.Patient with { StatusToken = data.StatusToken } == data
                && Correction.Kept(sent.Facts, earlier.Inquiry.Facts) == earlier.Inquiry.Facts
                && sent.Consent.ShareWithClinics == earlier.Consent.ShareWithClinics)
            {
                return new SentBefore.Same(token);
            }

            if (found is SentBefore.Nothing && IsSamePerson(sent, data, earlier.Inquiry.Facts))
            {
                found = new SentBefore.Changed(
                    token, earlier.Inquiry.Id, earlier.Inquiry.Reference, earlier.Can(PatientAction.CorrectRequest));
            }
        }

        return found;
    }

    // By one of the two: the other may be what was wrong.
    private static bool IsSamePerson(NewInquiry sent, PatientData data, InquiryFacts facts) =>
        (PersonName.Of(sent.Patient.Name).Key == PersonName.Of(data.Name).Key && sent.Facts.BirthYear == facts.BirthYear)
        || (sent.Facts.Relation == Relation.Self && SearchKeys.Mail(sent.Patient.ContactEmail) == SearchKeys.Mail(data.ContactEmail));

    private static async Task<List<(string Token, PatientCase Case)>> LoadAsync(Session session, IReadOnlyList<string> tokens)
    {
        var cases = new List<(string, PatientCase)>();
        foreach (var token in tokens.Take(MostLinks))
        {
            if (await AccessLinkStore.FindAsync(session, token, LinkPurpose.Status) is { } link
                && await PatientCase.LoadAsync(session, new InquiryId(link.SubjectId)) is { } found)
            {
                cases.Add((token, found));
            }
        }

        return cases;
    }
}

/// <summary>What a browser has sent before.</summary>
public abstract record SentBefore
{
    private SentBefore()
    {
    }

    public sealed record Nothing : SentBefore
    {
        public static readonly Nothing It = new();
    }

    /// <summary>The very same.</summary>
    /// <param name="Token">The secret of the link to its page.</param>
    public sealed record Same(string Token) : SentBefore;

    /// <summary>One of the same patient, with something different.</summary>
    /// <param name="Token">The secret of the link to its page.</param>
    /// <param name="CanCorrect">What it asks for can be changed still.</param>
    public sealed record Changed(string Token, InquiryId InquiryId, string Reference, bool CanCorrect) : SentBefore;
}
