using InquiryRouter.Core.Users;

namespace InquiryRouter.Tests.Users;

public sealed class AccessTableTests
{
    public static TheoryData<Access> All => new(Enum.GetValues<Access>());

    [Theory]
    [MemberData(nameof(All))]
    public void Somebody_may_do_each_thing_and_nobody_without_a_role(Access access)
    {
        Assert.NotEqual(UserRoles.None, AccessTable.Who(access));
        Assert.False(AccessTable.May(UserRoles.None, access));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_manager_may_all_that_a_coordinator_may(Access access) =>
        Assert.True(AccessTable.May(UserRoles.Manager, access) || !AccessTable.May(UserRoles.Coordinator, access));

    [Theory]
    [InlineData(Access.SeeIdentity)]
    [InlineData(Access.SeeMessages)]
    [InlineData(Access.SearchIdentity)]
    [InlineData(Access.ExportPatient)]
    [InlineData(Access.ExportIdentities)]
    public void Neither_an_admin_nor_an_auditor_sees_a_patient(Access access) =>
        Assert.False(AccessTable.May(UserRoles.Admin | UserRoles.Auditor, access));

    [Fact]
    public void An_auditor_changes_nothing() => Assert.Equal(
        [
            Access.SignIn, Access.UseConsole, Access.SeeInquiry, Access.SeeClinics, Access.SeePolicy, Access.SeeReports, Access.SeeAudit,
            Access.Export,
        ],
        Enum.GetValues<Access>().Where(a => AccessTable.May(UserRoles.Auditor, a)));

    [Fact]
    public void What_is_in_no_row_nobody_may() => Assert.Equal(UserRoles.None, AccessTable.Who((Access)999));

    [Theory]
    [InlineData("coordinator", UserRoles.Coordinator)]
    [InlineData("Manager, admin", UserRoles.Manager | UserRoles.Admin)]
    [InlineData("boss", null)]
    [InlineData("admin,boss", null)]
    [InlineData("", null)]
    [InlineData("15", null)]
    public void Roles_are_read_by_name(string text, UserRoles? roles) => Assert.Equal(roles, UserRoleNames.Read(text));

    [Fact]
    public void Roles_are_written_by_name() => Assert.Equal("manager,auditor", UserRoleNames.Write(UserRoles.Auditor | UserRoles.Manager));
}
