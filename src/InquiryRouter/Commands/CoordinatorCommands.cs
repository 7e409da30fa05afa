using System.CommandLine;
using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>What a coordinator can do before there is a console: see what is held and why, and send it on.</summary>
internal static class CoordinatorCommands
{
    private const int MostListed = 500;

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var held = new Option<bool>("--held") { Description = "Inquiries that wait for a person: held, quarantined, or waiting for the patient.", Required = true };
        var list = new Command("list", "Lists inquiries.") { TreatUnmatchedTokensAsErrors = false };
        list.Add(held);
        list.SetAction((parsed, cancellation) => ListAsync(parsed, output, cancellation));
        root.Add(list);

        var reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        var release = new Command("release", "Sends a held inquiry on to matching: you have read it and it may go.") { TreatUnmatchedTokensAsErrors = false };
        release.Add(reference);
        release.SetAction((parsed, cancellation) => ReleaseAsync(parsed, parsed.GetValue(reference)!, output, cancellation));
        root.Add(release);
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(CommandContext.Settings(parsed, Roles.Both));
        var database = services.GetRequiredService<Database>();
        var held = await database.ReadAsync(session => InquiryStore.ListHeldAsync(session, MostListed), cancellation);
        if (held.Count == 0)
        {
            await output.WriteLineAsync("No inquiry waits for a coordinator.");
            return 0;
        }

        foreach (var inquiry in held)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{inquiry.Reference}  {inquiry.State}{(inquiry.Urgent ? "  URGENT" : string.Empty)}  since {inquiry.Since:yyyy-MM-dd HH:mm} UTC"));
            foreach (var reason in inquiry.Reasons)
            {
                await output.WriteLineAsync($"    {reason.Code}: {reason.Sentence}");
            }
        }

        await output.WriteLineAsync(held.Count == MostListed ? $"Only the first {MostListed} are shown." : $"{held.Count} {(held.Count == 1 ? "inquiry waits" : "inquiries wait")}. Send one on with: InquiryRouter release REFERENCE");
        return 0;
    }

    private static async Task<int> ReleaseAsync(ParseResult parsed, string typed, TextWriter output, CancellationToken cancellation)
    {
        if (!Reference.TryParse(typed, out var reference))
        {
            throw new CannotStartException($"'{typed}' is not a reference. It looks like IR-7K3M-9Q2P; check it for typing mistakes.");
        }

        await using var services = CommandContext.Open(CommandContext.Settings(parsed, Roles.Both));
        var database = services.GetRequiredService<Database>();
        var (inquiry, consent) = await database.ReadAsync(
            async session =>
            {
                var id = await InquiryStore.FindIdAsync(session, reference);
                return id is null ? (null, null) : (await InquiryStore.FindAsync(session, id.Value), await InquiryStore.FindConsentAsync(session, id.Value));
            },
            cancellation);
        if (inquiry is null)
        {
            throw new CannotStartException($"There is no inquiry {reference} in this database.");
        }

        if (InquiryTransitions.Next(inquiry.State, InquiryTrigger.Release) is null)
        {
            throw new CannotStartException($"{reference} is {inquiry.State}: only inquiries that are Held, Quarantined or AwaitingPatient can be released.");
        }

        if (consent is not { ShareWithClinics: true })
        {
            throw new CannotStartException($"{reference} cannot be released: {HoldReason.NoConsentToShare.Sentence}");
        }

        try
        {
            await database.WriteAsync(
                async tx =>
                {
                    var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Release, Actor.Coordinator(Environment.UserName)));
                    await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = inquiry.Id, Version = version });
                },
                cancellation: cancellation);
        }
        catch (ConflictException exception)
        {
            throw new CannotStartException($"{reference} was changed by somebody else at this moment. Look at it again with: InquiryRouter list --held", exception);
        }

        await output.WriteLineAsync($"{reference} is released and goes on to matching.");
        return 0;
    }
}
