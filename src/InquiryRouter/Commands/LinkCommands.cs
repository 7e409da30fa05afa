using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;

namespace InquiryRouter.Commands;

/// <summary>Links that still open something, and their end. A link is named, never shown: nobody can open it by what is listed.</summary>
internal static class LinkCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var whose = new Argument<string>("REFERENCE|CLINIC") { Description = "Like IR-7K3M-9Q2P, or the code of a clinic." };
        var list = new Command("list", "Lists the links that still open something: of an inquiry, or of a clinic.");
        list.Add(whose);
        list.SetAction((parsed, cancellation) => ListAsync(parsed, parsed.GetValue(whose)!, output, cancellation));

        var id = new Argument<string>("ID") { Description = "As it is listed, like 0123456789abcdef; not a patient's own link, which they end on their page." };
        var revoke = new Command("revoke", "Ends one link: it opens nothing any more.");
        revoke.Add(id);
        revoke.SetAction((parsed, cancellation) => RevokeAsync(parsed, parsed.GetValue(id)!, output, cancellation));

        var links = new Command("links", "The links of patients and clinics.");
        links.Add(list);
        links.Add(revoke);
        root.Add(links);
    }

    private static async Task<int> ListAsync(ParseResult parsed, string typed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var links = services.GetRequiredService<Links>();
        var isInquiry = Reference.TryParse(typed, out _);
        var found = isInquiry
            ? await links.OfInquiryAsync(CommandContext.ReferenceOf(typed), cancellation) ?? throw CommandContext.NoInquiry(typed)
            : await links.OfClinicAsync(typed, cancellation);
        foreach (var link in found)
        {
            var clinic = link.Purpose is LinkPurpose.Referral or LinkPurpose.ClinicList
                ? "  " + await links.ClinicOfAsync(link.SubjectId, cancellation)
                : null;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{link.Name}  {link.Purpose,-11}  since {link.CreatedAt:yyyy-MM-dd HH:mm} UTC  until {link.ExpiresAt:yyyy-MM-dd}{clinic}"));
        }

        await output.WriteLineAsync(found.Count == 0 ? "No link opens anything." : $"{found.Count} open. To end one: InquiryRouter links revoke ID");
        return 0;
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, string name, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        if (!await services.GetRequiredService<Links>().RevokeAsync(name, cancellation))
        {
            throw new CommandRefusedException("No open link has this ID that can be ended here; a patient ends their own (Status) on their page. "
                + "See: InquiryRouter links list REFERENCE|CLINIC");
        }

        await output.WriteLineAsync("The link has ended. Whoever needs one asks for it on the page that the ended one leads to.");
        return 0;
    }
}
