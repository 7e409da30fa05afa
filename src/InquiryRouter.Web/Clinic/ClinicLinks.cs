using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Clinic;

/// <summary>
/// Which referral a request of a clinic is about, by the link its browser has opened: a referral's own, or the clinic's list with the
/// referral named beside it (<c>link=NAME.ID</c>).
/// </summary>
public sealed class ClinicLinks(Database database)
{
    /// <summary>The referral, or null: no such link is open in this browser, or the referral is another clinic's.</summary>
    public Task<ReferralRecord?> FindAsync(HttpContext context, string? link) => database.ReadAsync(
        async session =>
        {
            if (link is null || link.Split('.') is not [var name, var id])
            {
                var token = LinkCookies.Find(context, LinkPurpose.Referral, link);
                var own = await AccessLinkStore.FindAsync(session, token, LinkPurpose.Referral);
                return own is null ? null : await ReferralStore.FindAsync(session, new ReferralId(own.SubjectId));
            }

            return Guid.TryParseExact(id, "N", out var named) && await ListClinicAsync(session, context, name) is { } clinic
                && await ReferralStore.FindAsync(session, new ReferralId(named)) is { } referral
                && referral.ClinicCode == clinic ? referral : null;
        },
        context.RequestAborted);

    /// <summary>The clinic whose list this browser has opened, or null.</summary>
    public Task<string?> FindClinicAsync(HttpContext context, string? link) =>
        database.ReadAsync(session => ListClinicAsync(session, context, link), context.RequestAborted);

    /// <summary>The referral an ended link was about: enough to say so and to send the clinic, not the visitor, a new one.</summary>
    public Task<ReferralRecord?> FindEndedAsync(HttpContext context, string? link) => database.ReadAsync(
        async session =>
        {
            // Opened from the list, the list's link is the one that has ended.
            var name = link?.Split('.')[0];
            foreach (var purpose in (LinkPurpose[])[LinkPurpose.Referral, LinkPurpose.ClinicList])
            {
                var token = LinkCookies.Find(context, purpose, name);
                if (await AccessLinkStore.FindEndedAsync(session, token, purpose) is { } ended && ended.HasEnded(session.Now))
                {
                    return await ReferralStore.FindAsync(session, new ReferralId(ended.SubjectId));
                }
            }

            return null;
        },
        context.RequestAborted);

    private static async Task<string?> ListClinicAsync(Session session, HttpContext context, string? name) =>
        LinkCookies.Find(context, LinkPurpose.ClinicList, name) is var token
        && await AccessLinkStore.FindAsync(session, token, LinkPurpose.ClinicList) is { } list
            ? (await ReferralStore.FindAsync(session, new ReferralId(list.SubjectId)))?.ClinicCode
            : null;
}
