using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>What a mail about an inquiry says: asked for with a form, so that nobody reads it by following a link, and on record.</summary>
internal static class MailEndpoints
{
    private const string Mails = "mails";

    public static string PathOf(string reference, Guid mail) => $"{InquiryEndpoints.PathOf(reference)}/{Mails}/{mail}";

    public static void MapConsoleMails(this IEndpointRouteBuilder routes)
    {
        var path = $"{InquiryEndpoints.PathOf("{reference}")}/{Mails}/{{mail:guid}}";
        routes.MapConsoleGet(path, Access.SeeMessages, ShowAsync);
        routes.MapConsolePost(path, Access.SeeIdentity, RevealAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ReadInquiry read, RevealMail reveal, InquiryPlaces places, string reference, Guid mail)
    {
        var shown = Guid.TryParseExact(context.Request.Query[InquiryEndpoints.ShownParameter], "N", out var id) ? id : (Guid?)null;
        return Reference.TryParse(reference, out var normal)
            && await read.RunAsync(normal, withTexts: false, context.RequestAborted) is { } found
            && await reveal.ReadAsync(normal, mail, user.Id, shown, context.RequestAborted) is { } revealed
                ? ConsolePages.Page<MailPage>(new MailModel(
                    InquiryHead.Of(found.Inquiry, InquiryHead.Conversation, await places.FindAsync(context, user, found.Inquiry)), found, revealed))
                : ConsolePages.NotFound();
    }

    private static async Task<IResult> RevealAsync(HttpContext context, ConsoleUser user, RevealMail reveal, string reference, Guid mail) =>
        Reference.TryParse(reference, out var normal)
        && await reveal.RunAsync(normal, mail, user.Id, user.Actor, context.RequestAborted) is { } shown
            ? ConsolePages.SeeOther(
                context,
                PathOf(normal, mail) + context.Request.QueryString.Add(
                    InquiryEndpoints.ShownParameter, shown.ToString("N", CultureInfo.InvariantCulture)))
            : ConsolePages.NotFound();
}

/// <summary>A mail about an inquiry.</summary>
public sealed record MailModel(InquiryHead Head, InquiryFile Case, RevealedMail Revealed)
{
    /// <summary>To whom a mail about it goes, without who they are.</summary>
    public static string To(InquiryFile file, CaseMail mail) => !Enum.TryParse<MailKind>(mail.Kind, out var kind) ? "-"
        : MailKinds.Audience(kind) switch
        {
            MailAudience.Patient => "the patient",
            MailAudience.Clinic => file.Referrals.FirstOrDefault(r => r.Id.Value == mail.AboutId || r.Id.Value == mail.SubjectId) is { } referral
                ? file.Network.ByCode.TryGetValue(referral.ClinicCode, out var clinic) ? clinic.Name : referral.ClinicCode
                : "a clinic",
            _ => "coordinators",
        };
}
