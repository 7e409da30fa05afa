using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Screening;

namespace InquiryRouter.Commands;

/// <summary>Are two inquiries of one patient? A coordinator decides, and may take it back.</summary>
internal static class PairCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var pair = Command(
            "pair", "Two inquiries are of one patient and matter: the later one is closed while it waits, and the other goes on. Undone with unpair.",
            out var reference, out var other);
        pair.SetAction((parsed, cancellation) => PairAsync(parsed, parsed.GetValue(reference)!, parsed.GetValue(other)!, output, cancellation));
        root.Add(pair);

        var unpair = Command(
            "unpair", "Two inquiries are not of one patient, or not one matter: what pair closed is opened again and waits for you.",
            out var apart, out var from);
        unpair.SetAction((parsed, cancellation) => UnpairAsync(parsed, parsed.GetValue(apart)!, parsed.GetValue(from)!, output, cancellation));
        root.Add(unpair);

        // An option, since an argument that may be left out would take a setting for itself.
        var of = new Option<string?>("--of") { Description = "All pairs of one inquiry, decided ones too; like IR-7K3M-9Q2P." };
        var pairs = new Command("pairs", "Lists inquiries that may be of one patient, and why; nobody has decided about them yet.");
        pairs.Add(of);
        pairs.SetAction((parsed, cancellation) => parsed.GetValue(of) is { } typed
            ? ListOfAsync(parsed, typed, output, cancellation)
            : ListAsync(parsed, output, cancellation));
        root.Add(pairs);
    }

    /// <summary>A pair as the lists show it, seen from one of its inquiries.</summary>
    public static string Line(InquiryPair pair, InquiryId seenFrom)
    {
        var other = pair.InquiryId == seenFrom ? pair.OtherReference : pair.Reference;
        var decided = pair.DecidedAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $" by {pair.DecidedBy}, {at:yyyy-MM-dd HH:mm} UTC")
            : string.Empty;
        return string.Create(CultureInfo.InvariantCulture,
            $"{other}  {pair.State}{decided}  {pair.Score} of 100: {string.Join(", ", pair.Reasons.Select(PairReason.Text))}");
    }

    private static Command Command(string name, string description, out Argument<string> reference, out Argument<string> other)
    {
        reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        other = new Argument<string>("OTHER") { Description = "The other inquiry; which is named first does not matter." };
        var command = new Command(name, description);
        command.Add(reference);
        command.Add(other);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var open = await services.GetRequiredService<ListPairs>().RunAsync(cancellation);
        foreach (var pair in open)
        {
            await output.WriteLineAsync($"{pair.Reference}  {Line(pair, pair.InquiryId)}");
        }

        var more = open.Count == ListPairs.Most ? " and perhaps more" : string.Empty;
        await output.WriteLineAsync(open.Count == 0
            ? "No pair waits for a decision."
            : $"{open.Count}{more} to decide about: InquiryRouter pair REFERENCE OTHER, or InquiryRouter unpair REFERENCE OTHER");
        return 0;
    }

    private static async Task<int> ListOfAsync(ParseResult parsed, string typed, TextWriter output, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        await using var services = CommandContext.Open(parsed);
        if (await services.GetRequiredService<ListPairsOfInquiry>().RunAsync(reference, cancellation) is not var (inquiry, pairs))
        {
            throw CommandContext.NoInquiry(reference);
        }

        foreach (var pair in pairs)
        {
            await output.WriteLineAsync(Line(pair, inquiry.Id));
        }

        await output.WriteLineAsync(pairs.Count == 0 ? $"{reference} has no pairs." : $"{reference} is {inquiry.State}.");
        return 0;
    }

    private static async Task<int> PairAsync(ParseResult parsed, string typed, string typedOther, TextWriter output, CancellationToken cancellation)
    {
        var (reference, other) = (CommandContext.ReferenceOf(typed), CommandContext.ReferenceOf(typedOther));
        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<PairInquiries>().RunAsync(reference, other, CommandContext.Coordinator, cancellation);
        await output.WriteLineAsync(outcome switch
        {
            Pairing.Paired { Closed: true } done =>
                $"{done.Later.Reference} is closed as a duplicate; {done.Earlier.Reference} is {done.Earlier.State} and goes on. "
                + $"Undo it with: InquiryRouter unpair {done.Later.Reference} {done.Earlier.Reference}",
            Pairing.Paired done =>
                $"{done.Later.Reference} ({done.Later.State}) and {done.Earlier.Reference} ({done.Earlier.State}) are a pair. "
                + "Neither was waiting to be closed, so both stay as they are.",
            Pairing.AlreadyDone done => $"{done.Later.Reference} and {done.Earlier.Reference} are a pair already.",
            Pairing.Erased => throw new CommandRefusedException("An erased inquiry cannot be paired: nothing is known of it any more."),
            _ => throw Refused(outcome, reference, other),
        });
        return 0;
    }

    private static async Task<int> UnpairAsync(ParseResult parsed, string typed, string typedOther, TextWriter output, CancellationToken cancellation)
    {
        var (reference, other) = (CommandContext.ReferenceOf(typed), CommandContext.ReferenceOf(typedOther));
        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<UnpairInquiries>().RunAsync(reference, other, CommandContext.Coordinator, cancellation);
        await output.WriteLineAsync(outcome switch
        {
            Pairing.Apart { Reopened: true } done =>
                $"{done.Later.Reference} is open again and held. Send it on with: InquiryRouter release {done.Later.Reference}",
            Pairing.Apart done when done.Later.State is InquiryState.Held or InquiryState.Quarantined
                && done.Later.HoldReasons.Contains(HoldReason.PossibleDuplicate) =>
                $"{done.Later.Reference} and {done.Earlier.Reference} are two. {done.Later.Reference} still waits; "
                + $"send it on with: InquiryRouter release {done.Later.Reference}",
            Pairing.Apart done => $"{done.Later.Reference} and {done.Earlier.Reference} are two.",
            Pairing.AlreadyDone done => $"{done.Later.Reference} and {done.Earlier.Reference} are two already.",
            Pairing.NoPair => throw new CommandRefusedException($"{reference} and {other} are no pair. See: InquiryRouter pairs --of {reference}"),
            _ => throw Refused(outcome, reference, other),
        });
        return 0;
    }

    private static Exception Refused(Pairing outcome, string reference, string other) => outcome switch
    {
        Pairing.NotFound missing => CommandContext.NoInquiry(missing.Reference),
        Pairing.SameInquiry => new CommandRefusedException($"{reference} is one inquiry. Name two."),
        _ => new InvalidOperationException($"{outcome.GetType().Name} is not known of {reference} and {other}."),
    };
}
