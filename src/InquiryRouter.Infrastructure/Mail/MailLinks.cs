using System.Text.RegularExpressions;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>The addresses that links in mails begin with, and where coordinators are reached.</summary>
public sealed class MailLinks(Uri publicUrl, string? coordinatorAddress)
{
    /// <summary>Where the questions stand.</summary>
    public const string QuestionsPath = "/questions";

    public string? CoordinatorAddress { get; } = string.IsNullOrWhiteSpace(coordinatorAddress) ? null : coordinatorAddress;

    public string Status(string token) => Url("/status", token);

    /// <summary>A text in which each link to a status page is the one with this token.</summary>
    public string WithStatus(string text, string token) =>
        Regex.Replace(text, Regex.Escape(Status(string.Empty)) + "[A-Za-z0-9_-]+", Status(token), RegexOptions.None, TimeSpan.FromSeconds(5));

    public string Referral(string token) => Url("/referral", token);

    /// <summary>The list of a clinic's referrals.</summary>
    public string Clinic(string token) => Url("/referral/list", token);

    public string Unsubscribe(string token) => Url("/unsubscribe", token);

    /// <summary>The coordinators' console, which asks who opens it.</summary>
    public string Console() => new Uri(publicUrl, "/console").AbsoluteUri;

    /// <summary>An inquiry in the coordinators' console, which asks who opens it.</summary>
    public string Console(string reference) => new Uri(publicUrl, $"/console/inquiries/{reference}").AbsoluteUri;

    /// <summary>Another page of the console, which asks who opens it.</summary>
    /// <param name="path">Below the console's own.</param>
    public string ConsolePage(string path) => new Uri(publicUrl, $"/console/{path}").AbsoluteUri;

    /// <summary>Where somebody sets the password and the second factor they sign in to the console with.</summary>
    public string Invitation(string token) => Url("/console/invitation", token);

    /// <summary>The questions to ask a clinic and one's own doctor; the address says nothing of who asks for them, nor of what they have.</summary>
    public string Questions(Words words) => Page($"{QuestionsPath}?lang={words.Code}");

    /// <summary>The whole address of a page that everybody may read.</summary>
    /// <param name="path">With its query.</param>
    public string Page(string path) => new Uri(publicUrl, path).AbsoluteUri;

    /// <summary>The same links, with another address of the coordinators.</summary>
    internal MailLinks With(string? otherCoordinatorAddress) => new(publicUrl, otherCoordinatorAddress);

    private string Url(string path, string token) => new Uri(publicUrl, $"{path}?t={token}").AbsoluteUri;
}
