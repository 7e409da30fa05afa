using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>Everything about one inquiry that a coordinator decides on, as it is at one moment; who the patient is is not in it.</summary>
public sealed class ReadInquiry(Work work, ListWork list, PatientVault vault, NetworkCache networks)
{
    private const int MostMails = 200;

    /// <param name="reference">Of the inquiry.</param>
    /// <param name="withTexts">Whether what people wrote is opened: the reader's role has a word in that.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>Null: there is no such inquiry.</returns>
    public async Task<InquiryFile?> RunAsync(string reference, bool withTexts, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var read = await work.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id && await InquiryStore.FindAsync(session, id) is { } inquiry
                ? await LoadAsync(session, inquiry, network, withTexts)
                : null,
            cancellation);
        return read is null ? null : read with { Work = await list.OfInquiryAsync(read.Inquiry.Id, cancellation) };
    }

    private async Task<InquiryFile> LoadAsync(Session session, InquiryRecord inquiry, NetworkSnapshot network, bool withTexts)
    {
        var id = inquiry.Id;
        var patient = withTexts ? await InquiryStore.FindPatientAsync(session, id) : null;
        var history = await InquiryStore.AuditAsync(session, id);
        var begun = await PendingActionStore.FindAsync(session, id);
        return new InquiryFile
        {
            Inquiry = inquiry,
            Network = network,
            Consent = inquiry.State == InquiryState.Erased ? null : await InquiryStore.FindConsentAsync(session, id),
            Message = patient is null ? null : vault.Open(patient).Message,
            ConditionNamed = patient is null ? null : vault.Open(patient).ConditionNamed,
            Notes = patient is null ? [] : [.. (await NoteStore.ListAsync(session, id)).Select(n => new CaseNote(n, NoteStore.Open(vault, patient, n)))],
            Referrals = await ReferralStore.ListAsync(session, id),
            Quotes = await QuoteStore.ListAsync(session, id),
            Pairs = await InquiryPairStore.ListAsync(session, id),
            Spam = await SpamScoreStore.FindAsync(session, id),
            Match = await MatchStore.FindNewestAsync(session, id),
            Begun = begun,
            BegunWith = begun is null ? null : PendingActionStore.Open(vault, begun).GetValueOrDefault("clinic"),
            Mails = await CaseStore.ListMailsAsync(session, id, MostMails),
            History = history,
            HistoryHolds = AuditChain.IsIntact(history, inquiry.AuditHash),
        };
    }
}

/// <summary>What <see cref="ReadInquiry"/> comes to.</summary>
public sealed record InquiryFile
{
    public required InquiryRecord Inquiry { get; init; }

    /// <summary>What stands open about it, what is to be done first at the top.</summary>
    public IReadOnlyList<WorkItem> Work { get; init; } = [];

    public required NetworkSnapshot Network { get; init; }

    /// <summary>Null: the patient is erased.</summary>
    public required ConsentGiven? Consent { get; init; }

    /// <summary>What the patient wrote; null: nothing, it is erased, or the reader may not see it.</summary>
    public required string? Message { get; init; }

    /// <summary>What the patient calls a condition that is not in the list; null as above.</summary>
    public string? ConditionNamed { get; init; }

    /// <summary>Oldest first; none where the reader may not see them.</summary>
    public required IReadOnlyList<CaseNote> Notes { get; init; }

    public required IReadOnlyList<ReferralRecord> Referrals { get; init; }

    public required IReadOnlyList<QuoteRecord> Quotes { get; init; }

    public required IReadOnlyList<InquiryPair> Pairs { get; init; }

    public required SpamVerdict Spam { get; init; }

    /// <summary>The newest decision; null: there is none yet.</summary>
    public required StoredMatch? Match { get; init; }

    /// <summary>What was begun with it and can still be undone; null: nothing.</summary>
    public required PendingAction? Begun { get; init; }

    /// <summary>The code of the clinic that it was begun with; null: with none.</summary>
    public string? BegunWith { get; init; }

    public required IReadOnlyList<CaseMail> Mails { get; init; }

    public required IReadOnlyList<AuditEntry> History { get; init; }

    /// <summary>What Core decides on.</summary>
    public CoordinatorFacts Facts => new()
    {
        State = Inquiry.State, Shares = Consent is { ShareWithClinics: true }, WasMatched = Match is not null,
        Referrals = Referrals.ToDictionary(r => r.ClinicCode, r => r.State, StringComparer.Ordinal),
    };

    /// <summary>Each line of the history is as it was written, and none is missing.</summary>
    public required bool HistoryHolds { get; init; }
}

/// <summary>A note, opened.</summary>
public sealed record CaseNote(NoteRecord Note, string Text);
