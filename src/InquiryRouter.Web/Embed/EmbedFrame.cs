using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace InquiryRouter.Web.Embed;

/// <summary>The frame that the page being answered stands in, on a page of another site. The address says so, that of the form's answer too: no cookie is needed.</summary>
public sealed class EmbedFrame(EmbedOrigins origins, IHttpContextAccessor accessor)
{
    public const string Parameter = "embed";
    public const string Yes = "1";
    private const string PageParameter = "source.page";

    private readonly HttpRequest? _request = accessor.HttpContext?.Request;

    /// <summary>False: the page stands by itself.</summary>
    public bool IsOne => _request is not null && origins.IsFrame(_request);

    /// <summary>The site the frame is told to stand on, when it is listed: the only one that hears how high the page is. Null: none says so.</summary>
    public string? Site => IsOne ? origins.SiteOf(_request!.Query[PageParameter]) : null;

    /// <summary>For links that lead out of the frame: it is too small for another page, and other pages refuse to be in one.</summary>
    public string? Target => IsOne ? "_blank" : null;

    /// <summary>Where the form is sent, so that the answer knows the frame as well.</summary>
    public string Action(PageLanguage language)
    {
        var action = language.Url("/inquiry");
        if (!IsOne)
        {
            return action;
        }

        action = QueryHelpers.AddQueryString(action, Parameter, Yes);
        return Site is null ? action : QueryHelpers.AddQueryString(action, PageParameter, _request!.Query[PageParameter].ToString());
    }
}
