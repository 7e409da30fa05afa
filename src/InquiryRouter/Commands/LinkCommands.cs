using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Commands;

/// <summary>Are two inquiries of one patient? A coordinator decides, and may take it back.</summary>
internal static class LinkCommands
{
    private const int MostListed = 200;

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var link = Command("link", "Two inquiries are of one patient and matter: the later one is closed while it waits, and the other goes on. Undone with unlink.", out var reference, out var other);
        link.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetValue(reference)!, parsed.GetValue(other)!, LinkAsync, output, cancellation));
        root.Add(link);

        var unlink = Command("unlink", "Two inquiries are not of one patient, or not one matter: what link closed is opened again and waits for you.", out var apart, out var from);
        unlink.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetValue(apart)!, parsed.GetValue(from)!, UnlinkAsync, output, cancellation));
        root.Add(unlink);

        // An option, since an argument that may be left out would take a setting for itself.
        var of = new Option<string?>("--of") { Description = "All links of one inquiry, decided ones too; like IR-7K3M-9Q2P." };
        var links = new Command("links", "Lists inquiries that may be of one patient, and why; nobody has decided about them yet.") { TreatUnmatchedTokensAsErrors = false };
        links.Add(of);
        links.SetAction((parsed, cancellation) => ListAsync(parsed, parsed.GetValue(of), output, cancellation));
        root.Add(links);
    }

    /// <summary>A link as the lists show it, seen from one of its inquiries.</summary>
    public static string Line(InquiryLink link, Guid seenFrom)
    {
        var other = link.InquiryId == seenFrom ? link.OtherReference : link.Reference;
        var decided = link.DecidedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" by {link.DecidedBy}, {at:yyyy-MM-dd HH:mm} UTC") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture,
            $"{other}  {link.State}{decided}  {link.Score} of 100: {string.Join(", ", link.Reasons.Select(LinkReason.Text))}");
    }

    private static Command Command(string name, string description, out Argument<string> reference, out Argument<string> other)
    {
        reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        other = new Argument<string>("OTHER") { Description = "The other inquiry; which is named first does not matter." };
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        command.Add(reference);
        command.Add(other);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parsed, string? typed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var database = services.GetRequiredService<Database>();
        if (typed is null)
        {
            var open = await database.ReadAsync(session => InquiryLinkStore.ListSuggestedAsync(session, MostListed), cancellation);
            foreach (var link in open)
            {
                await output.WriteLineAsync($"{link.Reference}  {Line(link, link.InquiryId)}");
            }

            await output.WriteLineAsync(open.Count == 0
                ? "No link waits for a decision."
                : $"{open.Count}{(open.Count == MostListed ? " and perhaps more" : string.Empty)} to decide about: InquiryRouter link REFERENCE OTHER, or InquiryRouter unlink REFERENCE OTHER");
            return 0;
        }

        var inquiry = await LoadAsync(database, typed, cancellation);
        var links = await database.ReadAsync(session => InquiryLinkStore.ListAsync(session, inquiry.Id), cancellation);
        foreach (var link in links)
        {
            await output.WriteLineAsync(Line(link, inquiry.Id));
        }

        await output.WriteLineAsync(links.Count == 0 ? $"{inquiry.Reference} has no links." : $"{inquiry.Reference} is {inquiry.State}.");
        return 0;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string typed, string typedOther, Func<IServiceProvider, InquiryRecord, InquiryRecord, Actor, CancellationToken, Task<string>> act,
        TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var database = services.GetRequiredService<Database>();
        var (one, two) = (await LoadAsync(database, typed, cancellation), await LoadAsync(database, typedOther, cancellation));
        if (one.Id == two.Id)
        {
            throw new CannotStartException($"{one.Reference} is one inquiry. Name two.");
        }

        try
        {
            await output.WriteLineAsync(await act(services, one, two, Actor.Coordinator(Environment.UserName), cancellation));
            return 0;
        }
        catch (ConflictException exception)
        {
            throw new CannotStartException($"{one.Reference} or {two.Reference} was changed by somebody else at this moment. Look again with: InquiryRouter links --of {one.Reference}", exception);
        }
    }

    private static async Task<string> LinkAsync(IServiceProvider services, InquiryRecord one, InquiryRecord two, Actor actor, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<Database>();
        var link = await database.ReadAsync(session => InquiryLinkStore.FindAsync(session, one.Id, two.Id), cancellation);
        var (later, earlier) = Order(one, two, link);
        if (link?.State == LinkState.Confirmed)
        {
            return $"{later.Reference} and {earlier.Reference} are linked already.";
        }

        if (later.State == InquiryState.Erased || earlier.State == InquiryState.Erased)
        {
            throw new CannotStartException("An erased inquiry cannot be linked: nothing is known of it any more.");
        }

        // What a clinic has, or what is on its way, is not taken from under it. And of two closed ones nobody would be served.
        var closes = later.State is InquiryState.Held or InquiryState.AwaitingPatient or InquiryState.Quarantined && earlier.State != InquiryState.Closed;
        var ended = closes ? await EndedAsync(services, database, later, cancellation) : EndedReferrals.None;
        await database.WriteAsync(
            async tx =>
            {
                if (link is null)
                {
                    await InquiryLinkStore.ConfirmNewAsync(tx, later.Id, earlier.Id, actor);
                }
                else
                {
                    await InquiryLinkStore.DecideAsync(tx, link, LinkState.Confirmed, actor);
                }

                if (closes)
                {
                    await InquiryStore.MoveAsync(tx, later, new InquiryMove(
                        InquiryTrigger.Close, actor, Detail: $"{HoldReason.ClosedAsDuplicate.Code} {earlier.Reference}", HoldReasons: [HoldReason.ClosedAsDuplicate, .. later.HoldReasons]));
                    await ended.ApplyAsync(tx);
                    await LoadStore.StopWaitingAsync(tx, later.Id);
                }
            },
            cancellation: cancellation);
        return closes
            ? $"{later.Reference} is closed as a duplicate; {earlier.Reference} is {earlier.State} and goes on. Undo it with: InquiryRouter unlink {later.Reference} {earlier.Reference}"
            : $"{later.Reference} ({later.State}) and {earlier.Reference} ({earlier.State}) are linked. Neither was waiting to be closed, so both stay as they are.";
    }

    // It may have been held while clinics still had to answer.
    private static async Task<EndedReferrals> EndedAsync(IServiceProvider services, Database database, InquiryRecord closed, CancellationToken cancellation)
    {
        var (referrals, patient) = await database.ReadAsync(
            async session => (await ReferralStore.ListAsync(session, closed.Id), await InquiryStore.FindPatientAsync(session, closed.Id)), cancellation);
        var ended = referrals.Where(r => ReferralTransitions.IsAwaited(r.State)).ToList();
        return patient is null || ended.Count == 0 ? EndedReferrals.None : EndedReferrals.Of(
            ended, HoldReason.ClosedAsDuplicate.Code, await services.GetRequiredService<NetworkCache>().CurrentAsync(cancellation),
            (referral, clinic) => services.GetRequiredService<MailWriter>().OfferWithdrawn(closed, patient, referral.Id, clinic));
    }

    /// <summary>Why it waited before it was closed: an emergency is still one when the link was a mistake.</summary>
    private static IEnumerable<HoldReason> ReasonsBefore(InquiryRecord closed) =>
        closed.HoldReasons.Where(r => r != HoldReason.ClosedAsDuplicate && r != HoldReason.PossibleDuplicate && r != HoldReason.Reopened);

    private static async Task<string> UnlinkAsync(IServiceProvider services, InquiryRecord one, InquiryRecord two, Actor actor, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<Database>();
        if (await database.ReadAsync(session => InquiryLinkStore.FindAsync(session, one.Id, two.Id), cancellation) is not { } link)
        {
            throw new CannotStartException($"{one.Reference} and {two.Reference} are not linked. See: InquiryRouter links --of {one.Reference}");
        }

        var (later, earlier) = Order(one, two, link);
        if (link.State == LinkState.Rejected)
        {
            return $"{later.Reference} and {earlier.Reference} are two already.";
        }

        var reopens = link.State == LinkState.Confirmed && later.State == InquiryState.Closed && later.HoldReasons.Contains(HoldReason.ClosedAsDuplicate);
        var reasons = reopens ? ReasonsBefore(later) : [];
        await database.WriteAsync(
            async tx =>
            {
                await InquiryLinkStore.DecideAsync(tx, link, LinkState.Rejected, actor);
                if (reopens)
                {
                    var version = await InquiryStore.MoveAsync(tx, later, new InquiryMove(
                        InquiryTrigger.Reopen, actor, Detail: $"not-a-duplicate {earlier.Reference}", HoldReasons: [HoldReason.Reopened, .. reasons]));
                    await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = later.Id, Version = version });
                }
            },
            cancellation: cancellation);
        var held = later.State is InquiryState.Held or InquiryState.Quarantined && later.HoldReasons.Contains(HoldReason.PossibleDuplicate);
        return reopens ? $"{later.Reference} is open again and held. Send it on with: InquiryRouter release {later.Reference}"
            : held ? $"{later.Reference} and {earlier.Reference} are two. {later.Reference} still waits; send it on with: InquiryRouter release {later.Reference}"
            : $"{later.Reference} and {earlier.Reference} are two.";
    }

    // The link knows who came later; without one, the moment they were received does.
    private static (InquiryRecord Later, InquiryRecord Earlier) Order(InquiryRecord one, InquiryRecord two, InquiryLink? link) =>
        link is not null
            ? link.InquiryId == one.Id ? (one, two) : (two, one)
            : (one.ReceivedAt, one.Reference).CompareTo((two.ReceivedAt, two.Reference)) > 0 ? (one, two) : (two, one);

    private static async Task<InquiryRecord> LoadAsync(Database database, string typed, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        return await database.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id ? await InquiryStore.FindAsync(session, id) : null, cancellation)
            ?? throw new CannotStartException($"There is no inquiry {reference} in this database.");
    }
}
