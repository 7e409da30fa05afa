using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Web.Console.Policies;

/// <summary>Proposals in words.</summary>
internal static class ProposalWords
{
    public static string State(PolicyProposal proposal) => proposal.State switch
    {
        ProposalState.Open => "waits for a second person",
        ProposalState.Activated => $"put in force by {proposal.DecidedBy}",
        _ => $"withdrawn by {proposal.DecidedBy}",
    };

    public static string Offer(string clinics, string approval) =>
        (clinics == "held" ? "held: nobody" : clinics.Replace(" ", ", ", StringComparison.Ordinal)) + (approval.Length > 0 ? $", after a yes ({approval})" : string.Empty);
}
