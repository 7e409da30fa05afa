using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Screening;

internal sealed class LinkRow
{
    public long Seq { get; init; }

    public InquiryId InquiryId { get; init; }

    public string Reference { get; init; } = string.Empty;

    public InquiryId OtherId { get; init; }

    public string OtherReference { get; init; } = string.Empty;

    public InquiryState OtherState { get; init; }

    public string Reasons { get; init; } = string.Empty;

    public int Score { get; init; }

    public bool Strong { get; init; }

    public PairState State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public InquiryPair ToLink() => new()
    {
        Seq = Seq, InquiryId = InquiryId, Reference = Reference, OtherId = OtherId, OtherReference = OtherReference, OtherState = OtherState,
        Reasons = CodeList.Split(Reasons), Score = Score, Strong = Strong, State = State, CreatedAt = CreatedAt, DecidedAt = DecidedAt, DecidedBy = DecidedBy,
    };
}

/// <summary>An inquiry with its sealed patient.</summary>
internal sealed class FoundRow : InquiryRow
{
    public string MasterKeyId { get; init; } = string.Empty;

    public byte[] WrappedKey { get; init; } = [];

    public byte[] Sealed { get; init; } = [];

    public bool CameBefore { get; init; }

    public FoundInquiry ToFound() =>
        new(ToRecord(), new SealedPatient { InquiryId = Id, MasterKeyId = MasterKeyId, WrappedKey = WrappedKey, Sealed = Sealed }, CameBefore);
}
