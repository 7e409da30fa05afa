namespace InquiryRouter.Core.Users;

/// <summary>What somebody who is signed in may do or see: asked by the page that shows it and by the endpoint that does it.</summary>
public enum Access
{
    /// <summary>What needs nobody signed in: the ways in, the stylesheet, the scripts.</summary>
    SignIn,

    /// <summary>What everybody has who is signed in: the first page, their own account.</summary>
    UseConsole,

    // What is seen.
    SeeInbox,
    SeeInquiry,

    /// <summary>A field: who the patient is, and how to reach them.</summary>
    SeeIdentity,

    /// <summary>A field: what patients and clinics wrote.</summary>
    SeeMessages,

    /// <summary>Finding inquiries by a name, a mail address or a phone.</summary>
    SearchIdentity,
    SeeClinics,
    SeePolicy,
    SeeReports,
    SeeOperations,

    /// <summary>A field: the mail address behind a suppression or a parked mail.</summary>
    SeeAddresses,
    SeeAudit,

    // What is done to an inquiry.
    Assign,
    Snooze,
    WriteNote,
    Release,
    Offer,
    TakeBack,
    AskPatient,
    WriteToClinic,
    Close,
    Reopen,
    Pair,
    Correct,
    Erase,

    /// <summary>One patient's copy of what is kept about them.</summary>
    ExportPatient,

    // What is done to the rest.
    /// <summary>Lists and reports as files, without identities.</summary>
    Export,

    /// <summary>The same with who the patients are: a right of its own.</summary>
    ExportIdentities,
    ManageClinics,
    ManagePolicy,
    ReviewRules,
    ManageOperations,
    ManageUsers,
}

/// <summary>The one table of what each role may. What does not stand here nobody may.</summary>
public static class AccessTable
{
    private const UserRoles C = UserRoles.Coordinator;
    private const UserRoles M = UserRoles.Manager;
    private const UserRoles D = UserRoles.Admin;
    private const UserRoles U = UserRoles.Auditor;

    private static readonly Dictionary<Access, UserRoles> s_roles = new()
    {
        [Access.SignIn] = C | M | D | U,
        [Access.UseConsole] = C | M | D | U,
        [Access.SeeInbox] = C | M,
        [Access.SeeInquiry] = C | M | U,
        [Access.SeeIdentity] = C | M,
        [Access.SeeMessages] = C | M,
        [Access.SearchIdentity] = C | M,
        [Access.SeeClinics] = C | M | U,
        [Access.SeePolicy] = C | M | U,
        [Access.SeeReports] = C | M | U,
        [Access.SeeOperations] = D,
        [Access.SeeAddresses] = D,
        [Access.SeeAudit] = U,
        [Access.Assign] = C | M,
        [Access.Snooze] = C | M,
        [Access.WriteNote] = C | M,
        [Access.Release] = C | M,
        [Access.Offer] = C | M,
        [Access.TakeBack] = C | M,
        [Access.AskPatient] = C | M,
        [Access.WriteToClinic] = C | M,
        [Access.Close] = C | M,
        [Access.Reopen] = C | M,
        [Access.Pair] = C | M,
        [Access.Correct] = C | M,
        [Access.Erase] = C | M,
        [Access.ExportPatient] = C | M,
        [Access.Export] = C | M | U,
        [Access.ExportIdentities] = M,
        [Access.ManageClinics] = M,
        [Access.ManagePolicy] = M,
        [Access.ReviewRules] = M,
        [Access.ManageOperations] = D,
        [Access.ManageUsers] = D,
    };

    /// <summary>Those who may.</summary>
    public static UserRoles Who(Access access) => s_roles.GetValueOrDefault(access);

    public static bool May(UserRoles roles, Access access) => (Who(access) & roles) != UserRoles.None;
}
