using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Privacy;

/// <summary>Who did something: a stage of the program, a person, or the patient or clinic behind a link.</summary>
public sealed record Actor(string Kind, string Name)
{
    public static readonly Actor Patient = new("patient", "patient");

    public static Actor Stage(string name) => new("stage", name);

    public static Actor Clinic(string code) => new("clinic", code);

    public static Actor Coordinator(string name) => new("coordinator", name);
}

/// <summary>One line of an inquiry's history: ids and codes only, chained to the line before.</summary>
public sealed record AuditEntry
{
    public required InquiryId InquiryId { get; init; }

    /// <summary>The number of the line, from 1. Not the inquiry's version: some lines change nothing the stages decide on.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Action { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorName { get; init; }

    /// <summary>Codes that say more: reasons, a clinic, a gate.</summary>
    public required string? Detail { get; init; }

    /// <summary>What the line says.</summary>
    public HistoryEvent Event => HistoryText.Read(Action, Detail);

    public required byte[] Hash { get; init; }
}

/// <summary>
/// SHA-256 over the previous hash and the entry. The inquiry keeps the newest hash beside its version, so that an entry
/// can neither be changed nor cut off unnoticed.
/// </summary>
public static class AuditChain
{
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    public static byte[] Hash(
        byte[] previous, InquiryId inquiryId, int version, DateTimeOffset at, string action, Actor actor, string? detail)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Convert.ToHexString(previous)}\n{inquiryId.Value:N}\n{version}\n{at.ToUnixTimeMilliseconds()}\n"
            + $"{action}\n{actor.Kind}\n{actor.Name}\n{detail}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Goes on along a chain that is too long to be read at once.</summary>
    /// <param name="entries">The next lines, in their order.</param>
    /// <param name="lines">How many lines were read before; then with these.</param>
    /// <param name="previous">The hash of the last line before (<see cref="Start"/>); then of the last of these.</param>
    /// <returns>The number of the first line that is not as it was written; null: all are.</returns>
    public static int? FirstBroken(IReadOnlyList<AuditEntry> entries, ref int lines, ref byte[] previous)
    {
        foreach (var entry in entries)
        {
            lines++;
            var expected = Hash(
                previous, entry.InquiryId, lines, entry.At, entry.Action, new Actor(entry.ActorKind, entry.ActorName), entry.Detail);
            if (entry.Version != lines || !expected.AsSpan().SequenceEqual(entry.Hash))
            {
                return lines;
            }

            previous = entry.Hash;
        }

        return null;
    }

    /// <summary>True when <paramref name="entries"/>, oldest first, are unbroken and end in <paramref name="newest"/>.</summary>
    public static bool IsIntact(IReadOnlyList<AuditEntry> entries, byte[] newest) => FirstBroken(entries, newest) is null;

    /// <summary>The number of the first line that is not as it was written, is missing, or is too many; null when the history is intact.</summary>
    /// <param name="entries">All lines, oldest first.</param>
    /// <param name="newest">The newest hash, which the inquiry keeps.</param>
    public static int? FirstBroken(IReadOnlyList<AuditEntry> entries, byte[] newest)
    {
        var previous = Start;
        for (var i = 0; i < entries.Count; i++)
        {
            // Reached before the end: what follows was not written by the program.
            if (previous.AsSpan().SequenceEqual(newest))
            {
                return i + 1;
            }

            var entry = entries[i];
            var expected = Hash(previous, entry.InquiryId, i + 1, entry.At, entry.Action, new Actor(entry.ActorKind, entry.ActorName), entry.Detail);
            if (entry.Version != i + 1 || !expected.AsSpan().SequenceEqual(entry.Hash))
            {
                return i + 1;
            }

            previous = entry.Hash;
        }

        return previous.AsSpan().SequenceEqual(newest) ? null : entries.Count + 1;
    }
}
