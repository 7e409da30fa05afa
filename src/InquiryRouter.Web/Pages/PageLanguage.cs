using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Embed;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace InquiryRouter.Web.Pages;

/// <summary>
/// The language of the page that is being answered: what the address asks for (<c>?lang=es</c>), else what <see cref="Prefer"/> was told
/// about the reader, else what the browser accepts, else English. No cookie: the address carries the choice.
/// </summary>
public sealed class PageLanguage
{
    public const string Parameter = "lang";

    // What the addresses of our pages mean something by.
    private static readonly string[] s_meaningful = [.. FormEndpoints.Prefilled, LinkCookies.NameParameter, EmbedFrame.Parameter];

    private readonly LanguageSet _languages;
    private readonly HttpRequest? _request;
    private readonly Words? _chosen;
    private readonly bool _isAttended;
    private Words _words;

    public PageLanguage(LanguageSet languages, AttendanceCache attendance, IHttpContextAccessor accessor)
    {
        _languages = languages;
        _isAttended = attendance.IsAttended;
        _request = accessor.HttpContext?.Request;
        _chosen = languages.Find(_request?.Query[Parameter].ToString());
        _words = _chosen ?? languages.FirstOf(_request?.GetTypedHeaders().AcceptLanguage
            .Where(a => a.Quality != 0).OrderByDescending(a => a.Quality ?? 1).Select(a => a.Value.ToString()) ?? []);
    }

    /// <summary>Without what says that a person reads, while no coordinator can be reached.</summary>
    public Words Words => _isAttended ? _words : _words.WhenNobodyReads;

    /// <summary>The sentence under a key.</summary>
    public string this[string key] => Words[key];

    /// <summary>The languages a reader can change to; none on an answer to a form, whose fields would be lost.</summary>
    public IEnumerable<Words> Others => _request is { Method: "GET" } ? _languages.All.Where(w => w != _words) : [];

    /// <inheritdoc cref="Words.Text"/>
    public string Text(string key, params ReadOnlySpan<(string Place, object? Value)> values) => Words.Text(key, values);

    /// <summary>Says what the reader is known to read; what the address asks for comes first.</summary>
    public void Prefer(Words words) => _words = _chosen ?? words;

    /// <summary>A path of ours that keeps the language the reader has chosen.</summary>
    public string Url(string path) => _chosen is null ? path : QueryHelpers.AddQueryString(path, Parameter, _chosen.Code);

    /// <summary>This page in another language. What else the address has is left out: somebody may have put a name or a mail address there.</summary>
    public string Here(Words words)
    {
        var kept = QueryHelpers.ParseQuery(_request!.QueryString.Value).Where(q => s_meaningful.Contains(q.Key, StringComparer.Ordinal));
        return _request.Path + QueryString.Create(kept.Append(KeyValuePair.Create(Parameter, new StringValues(words.Code))));
    }
}
