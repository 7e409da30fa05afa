using System.Buffers.Text;

namespace InquiryRouter.Benchmarks.Sink;

internal enum RecipientKind
{
    Other,
    Patient,
    Clinic,
}

/// <summary>What an address says: <c>p42@…</c> is patient 42, <c>clinic0007@…</c> is clinic 7.</summary>
internal readonly record struct Recipient(RecipientKind Kind, long Number)
{
    private static ReadOnlySpan<byte> Domain => "@load.example"u8;

    /// <param name="path">What follows <c>RCPT TO:</c>.</param>
    public static Recipient Read(ReadOnlySpan<byte> path)
    {
        path = path.TrimStart(" <"u8);
        if (NumberAfter("p"u8, path) is { } patient)
        {
            return new Recipient(RecipientKind.Patient, patient);
        }

        return NumberAfter("clinic"u8, path) is { } clinic ? new Recipient(RecipientKind.Clinic, clinic) : default;
    }

    private static long? NumberAfter(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> path) =>
        path.StartsWith(prefix)
        && Utf8Parser.TryParse(path[prefix.Length..], out long number, out var digits)
        && path[(prefix.Length + digits)..].StartsWith(Domain)
            ? number
            : null;
}
