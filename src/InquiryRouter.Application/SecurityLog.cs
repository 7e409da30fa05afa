using InquiryRouter.Infrastructure.Data.Stores.Mail;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application;

/// <summary>
/// Events that who watches over security wants to see, under a category of their own, <c>InquiryRouter.Security</c>, with ids from 4000 on. Ids and
/// codes only: no address, no name, no part of a secret.
/// </summary>
public sealed partial class SecurityLog(ILoggerFactory loggers)
{
    public const string Category = "InquiryRouter.Security";

    private readonly ILogger _log = loggers.CreateLogger(Category);

    /// <summary>A link was opened that opens nothing.</summary>
    /// <param name="purpose">Of the page it was opened on.</param>
    /// <param name="why">unknown, ended, or no-longer-theirs.</param>
    [LoggerMessage(EventId = 4001, EventName = "LinkRefused", Level = LogLevel.Information, Message = "A link was refused ({Purpose}, {Why}).")]
    public partial void LinkRefused(string purpose, string why);

    /// <summary>A button was pressed by another site.</summary>
    [LoggerMessage(EventId = 4002, EventName = "CrossSiteRefused", Level = LogLevel.Warning, Message = "A button pressed by another site was refused.")]
    public partial void CrossSiteRefused();

    /// <param name="limit">Which one.</param>
    [LoggerMessage(EventId = 4003, EventName = "LimitHit", Level = LogLevel.Information, Message = "A limit was hit ({Limit}).")]
    public partial void LimitHit(string limit);

    /// <param name="request">Of a mail that was not sent.</param>
    public void MailWithheld(MailRequest request) => MailWithheld(request.Kind.ToString(), request.InquiryId?.Value);

    /// <param name="kind">Of the mail.</param>
    /// <param name="inquiryId">What it is about; null: nothing is known by that address.</param>
    [LoggerMessage(EventId = 4004, EventName = "MailWithheld", Level = LogLevel.Information, Message = "A mail was withheld ({Kind}, inquiry {InquiryId}).")]
    private partial void MailWithheld(string kind, Guid? inquiryId);

    /// <summary>A clinic is shown who a patient is.</summary>
    [LoggerMessage(EventId = 4005, EventName = "IdentityRevealed", Level = LogLevel.Information, Message = "{Clinic} is shown who the patient of referral {ReferralId} is.")]
    public partial void IdentityRevealed(string clinic, Guid referralId);

    /// <param name="whose">A clinic's code, or patient.</param>
    /// <param name="id">The inquiry, or empty.</param>
    [LoggerMessage(EventId = 4006, EventName = "LinksEnded", Level = LogLevel.Information, Message = "Links were ended ({Whose}, {Id}).")]
    public partial void LinksEnded(string whose, Guid id);

    /// <summary>A request named no address of a site.</summary>
    [LoggerMessage(EventId = 4007, EventName = "HostRefused", Level = LogLevel.Information, Message = "A request without a usable Host was refused.")]
    public partial void HostRefused();

    /// <param name="user">Who.</param>
    /// <param name="factor">The second factor that was shown.</param>
    [LoggerMessage(EventId = 4008, EventName = "SignedIn", Level = LogLevel.Information, Message = "User {User} signed in ({Factor}).")]
    public partial void SignedIn(Guid user, string factor);

    /// <param name="why">unknown, not-ready, password, second-factor, passkey.</param>
    [LoggerMessage(EventId = 4009, EventName = "SignInRefused", Level = LogLevel.Information, Message = "A sign-in was refused ({Why}).")]
    public partial void SignInRefused(string why);

    /// <param name="user">Who.</param>
    /// <param name="access">What for.</param>
    [LoggerMessage(EventId = 4010, EventName = "AccessRefused", Level = LogLevel.Warning, Message = "User {User} was refused {Access}.")]
    public partial void AccessRefused(Guid user, string access);
}
