using System.Globalization;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Sqlite.Lives;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Packing;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Demo;

/// <summary>What a value of a row becomes in a copy.</summary>
internal enum ToldValue
{
    /// <summary>The same.</summary>
    Same,

    /// <summary>An id of the copy; those of one thing stay those of one thing.</summary>
    Id,

    Moment,

    Day,
}

/// <summary>A played inquiry that has come to its end, opened so that it can be told again of somebody else at another time.</summary>
internal sealed partial class ToldLife
{
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss.fff";
    private const string DayFormat = "yyyy-MM-dd";
    private const int IdLength = 16;

    public required LifeRows Rows { get; init; }

    public required InquiryRecord Inquiry { get; init; }

    public required PatientData Patient { get; init; }

    /// <summary>Of each value, by table and row.</summary>
    public required ToldValue[][][] Kinds { get; init; }

    /// <summary>Every id in it.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    /// <summary>Of notes and quotes, by the place of their row: what was sealed.</summary>
    public required IReadOnlyDictionary<(string Table, int Row), byte[]> Texts { get; init; }

    public required IReadOnlyList<MailContent> Mails { get; init; }

    /// <summary>The secrets of its links that are known, by their hash.</summary>
    public required IReadOnlyDictionary<string, string> Tokens { get; init; }

    /// <summary>Its decisions, in their order.</summary>
    public required IReadOnlyList<StoredMatch?> Matches { get; init; }

    public required DateTimeOffset Ended { get; init; }

    /// <summary>Places of clinics that it has used: a clinic that has said yes has, the others have given theirs back.</summary>
    public required IReadOnlyList<(string Clinic, DateOnly Week)> UsedPlaces { get; init; }

    /// <summary>Opens one; null: it has not ended, or others hang on it.</summary>
    public static ToldLife? Open(
        LifeRows rows, IReadOnlyList<IReadOnlyList<string>> columns, InquiryRecord inquiry, ILookup<InquiryId, StoredMatch> matches,
            PatientVault vault)
    {
        int At(string table, string column) => columns[LifeReader.PlaceOf(table)].ToList().IndexOf(column);
        bool Has(string table, string column, object value) => rows.Of(table).Any(r => Equals(r[At(table, column)], value));

        if (inquiry.State != InquiryState.Closed || Has("FollowUp", "State", 0L)
            || rows.Of("Work").Any(r => r[At("Work", "ClosedAt")] is null)
            || rows.Of("Mail").Any(r => r[At("Mail", "State")] is not (2L or 7L)) || rows.Of("UnreachablePatient").Count > 0
            || rows.Of("InquiryLink").Count > 0 || rows.Of("MailKey").Count > 0 || rows.Of("MailBody").Count != rows.Of("Mail").Count)
        {
            return null;
        }

        var key = (byte[])rows.Of("InquiryPatient")[0][At("InquiryPatient", "WrappedKey")]!;
        var patient = vault.Open(key, (byte[])rows.Of("InquiryPatient")[0][At("InquiryPatient", "Sealed")]!);
        var texts = new Dictionary<(string, int), byte[]>();
        foreach (var table in (string[])["Note", "Quote"])
        {
            foreach (var (row, i) in rows.Of(table).Select((r, i) => (r, i)))
            {
                texts[(table, i)] = vault.OpenFor(key, (byte[])row[At(table, "Sealed")]!);
            }
        }

        List<MailContent> mails = [.. rows.Of("MailBody").Select(r =>
            MailPacking.Unpack(vault.OpenFor(key, (byte[])r[At("MailBody", "Sealed")]!)))];
        var kinds = rows.Tables.Select(t => t.Select(r => r.Select(KindOf).ToArray()).ToArray()).ToArray();
        return new ToldLife
        {
            Rows = rows, Inquiry = inquiry, Patient = patient, Kinds = kinds, Texts = texts, Mails = mails,
            Ids = [.. rows.Tables.SelectMany(t => t).SelectMany(r => r).OfType<byte[]>().Where(b => b.Length == IdLength).Select(
                IdOf).Distinct()],
            Tokens = mails.SelectMany(m => Secret().Matches(m.Text + " " + m.UnsubscribeUrl)).Select(m => m.Value).Append(
                patient.StatusToken)
                .Distinct(StringComparer.Ordinal).ToDictionary(t => Convert.ToHexString(AccessLinkStore.Hash(t)), StringComparer.Ordinal),
            Matches = [.. rows.Of("MatchDecision").Select(r =>
                matches[inquiry.Id].FirstOrDefault(m => m.Id == IdOf((byte[])r[At("MatchDecision", "Id")]!)))],
            Ended = rows.Of("Mail").Select(r => r[At("Mail", "SentAt")]).OfType<string>().Select(MomentOf).Append(inquiry.ChangedAt).Max(),
            UsedPlaces =
            [
                .. rows.Of("Referral").Where(r => r[At("Referral", "AcceptedAt")] is not null).Select(r => (
                    (string)r[At("Referral", "ClinicCode")]!,
                        DateOnly.ParseExact((string)r[At("Referral", "CapWeek")]!, DayFormat, CultureInfo.InvariantCulture))),
            ],
        };
    }

    public static Guid IdOf(byte[] bytes) => new(bytes, bigEndian: true);

    public static DateTimeOffset MomentOf(string text) =>
        DateTimeOffset.ParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Moved(string text, ToldValue kind, int days) => kind == ToldValue.Moment
        ? MomentOf(text).AddDays(days).ToString(MomentFormat, CultureInfo.InvariantCulture)
        : DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture).AddDays(days).ToString(DayFormat,
            CultureInfo.InvariantCulture);

    private static ToldValue KindOf(object? value) => value switch
    {
        byte[] { Length: IdLength } id when IdOf(id) != Guid.Empty => ToldValue.Id,
        string { Length: 23 } text when IsMoment().IsMatch(text) => ToldValue.Moment,
        string { Length: 10 } text when IsDay().IsMatch(text) => ToldValue.Day,
        _ => ToldValue.Same,
    };

    [GeneratedRegex("""^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsMoment();

    [GeneratedRegex("""^\d{4}-\d\d-\d\d$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsDay();

    [GeneratedRegex("""(?<=[?&]t=)[A-Za-z0-9_-]{43}""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Secret();
}
