using InquiryRouter.Application;
using InquiryRouter.Core.Matching;
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
public sealed class ClinicLinks(Database database, NetworkCache networks, SecurityLog security)
{
    /// <summary>The referral, or null: no such link is open in this browser, or the referral is another clinic's.</summary>
    public async Task<ReferralRecord?> FindAsync(HttpContext context, string? link) => (await FindVisitAsync(context, link))?.Referral;

    /// <summary>The same, with whom the link was sent to.</summary>
    public async Task<ClinicVisit?> FindVisitAsync(HttpContext context, string? link)
    {
        var network = await networks.CurrentAsync(context.RequestAborted);
        return await database.ReadAsync(
            async session =>
            {
                if (link is null || link.Split('.') is not [var name, var id])
                {
                    var token = LinkCookies.Find(context, LinkPurpose.Referral, link);
                    return await AccessLinkStore.FindAsync(session, token, LinkPurpose.Referral) is { } own
                        && await OpenedAsync(session, own, network) is { } opened ? new ClinicVisit(opened, own.Person) : null;
                }

                return Guid.TryParseExact(id, "N", out var named) && await ListAsync(session, context, name, network) is { } list
                    && await ReferralStore.FindAsync(session, new ReferralId(named)) is { } referral
                    && referral.ClinicCode == list.Referral.ClinicCode ? new ClinicVisit(referral, list.Person) : null;
            },
            context.RequestAborted);
    }

    /// <summary>The clinic whose list this browser has opened, or null.</summary>
    public async Task<string?> FindClinicAsync(HttpContext context, string? link)
    {
        var network = await networks.CurrentAsync(context.RequestAborted);
        return await database.ReadAsync(
            async session => (await ListAsync(session, context, link, network))?.Referral.ClinicCode, context.RequestAborted);
    }

    /// <summary>Whether a link of the clinic's people that has not ended still opens something: its clinic is active, and they are of it.</summary>
    public async Task<bool> IsTheirsAsync(string token, LinkPurpose purpose, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        return await database.ReadAsync(
            async session => await AccessLinkStore.FindAsync(session, token, purpose) is { } link && await OpenedAsync(session, link, network) is not null,
            cancellation);
    }

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

    private async Task<ClinicVisit?> ListAsync(Session session, HttpContext context, string? name, NetworkSnapshot network) =>
        LinkCookies.Find(context, LinkPurpose.ClinicList, name) is var token
        && await AccessLinkStore.FindAsync(session, token, LinkPurpose.ClinicList) is { } list
        && await OpenedAsync(session, list, network) is { } opened
            ? new ClinicVisit(opened, list.Person)
            : null;

    /// <summary>
    /// A link is no better than who has it: it opens nothing when its clinic is no longer active, or the address it was sent to is no longer
    /// one of the clinic's.
    /// </summary>
    private async Task<ReferralRecord?> OpenedAsync(Session session, OpenLink link, NetworkSnapshot network)
    {
        if (await ReferralStore.FindAsync(session, new ReferralId(link.SubjectId)) is not { } referral)
        {
            return null;
        }

        if (network.ByCode.TryGetValue(referral.ClinicCode, out var clinic) && clinic.Active && (link.Person is null || IsOf(clinic, link.Person)))
        {
            return referral;
        }

        security.LinkRefused(nameof(LinkPurpose.Referral), "no-longer-theirs");
        return null;
    }

    private static bool IsOf(Core.Matching.Clinic clinic, byte[] person) =>
        clinic.Contacts.Select(c => c.Email).Prepend(clinic.Email).Any(email => AccessLinkStore.PersonOf(email).AsSpan().SequenceEqual(person));
}

/// <summary>A clinic that came with one of its links.</summary>
/// <param name="Referral">Which it is about.</param>
/// <param name="Person">Whom the link was sent to, as <see cref="AccessLinkStore.PersonOf"/>; null: no one in particular.</param>
public sealed record ClinicVisit(ReferralRecord Referral, byte[]? Person);
