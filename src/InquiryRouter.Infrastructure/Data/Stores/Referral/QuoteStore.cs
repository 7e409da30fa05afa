using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Referral;

/// <summary>A quote as it is stored; what is in it is sealed.</summary>
public sealed record QuoteRecord
{
    public required Guid Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    public required ReferralId ReferralId { get; init; }

    /// <summary>1 for the clinic's first quote of this referral; the newest counts.</summary>
    public required int N { get; init; }

    public required string ClinicCode { get; init; }

    public required decimal Total { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Last day, in the clinic's zone.</summary>
    public required DateOnly ValidUntil { get; init; }

    public required DateTimeOffset At { get; init; }

    public required byte[] Sealed { get; init; }
}

/// <summary>What clinics would ask; a new quote stands beside the ones before it, and replaces them for the patient.</summary>
public static class QuoteStore
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static byte[] Seal(PatientVault vault, SealedPatient patient, QuoteContent content) =>
        vault.SealFor(patient, JsonSerializer.SerializeToUtf8Bytes(content, s_json));

    public static QuoteContent Open(PatientVault vault, SealedPatient patient, QuoteRecord quote) =>
        JsonSerializer.Deserialize<QuoteContent>(vault.OpenFor(patient.WrappedKey, quote.Sealed), s_json)!;

    public static Task AddAsync(Tx tx, QuoteRecord quote) =>
        tx.ExecuteAsync(
            """
            INSERT INTO Quote (Id, InquiryId, ReferralId, N, ClinicCode, Total, Currency, ValidUntil, At, Sealed)
            VALUES (@Id, @InquiryId, @ReferralId, @N, @ClinicCode, @Total, @Currency, @ValidUntil, @At, @Sealed)
            """,
            quote);

    /// <summary>All quotes of an inquiry, oldest first.</summary>
    public static async Task<IReadOnlyList<QuoteRecord>> ListAsync(Session session, InquiryId inquiryId) =>
        [.. await session.QueryAsync<QuoteRecord>(
            "SELECT Id, InquiryId, ReferralId, N, ClinicCode, Total, Currency, ValidUntil, At, Sealed FROM Quote WHERE InquiryId = @inquiryId ORDER BY Seq",
            new { inquiryId })];
}
