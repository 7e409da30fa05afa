using System.Data;
using Dapper;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;

namespace InquiryRouter.Tests.Sql;

/// <summary>What SQL Server is sent: a parameter of another type than its column turns a seek into a scan.</summary>
public sealed class ParameterTests
{
    // The handlers are registered by whoever opens a database first.
    public ParameterTests() => _ = new SqlServerDatabase(
        "Server=nowhere", TimeProvider.System, new CommitSignals(), NullLogger<SqlServerDatabase>.Instance);

    [Fact]
    public void The_ids_of_a_list_are_sent_as_ids()
    {
        using var command = new SqlCommand("SELECT 1 FROM Inquiry WHERE Id IN @ids");

#pragma warning disable CS0618 // What Dapper itself calls for each list.
        SqlMapper.PackListParameters(command, "ids", new[] { Guid.NewGuid(), Guid.NewGuid() });
#pragma warning restore CS0618

        Assert.NotEmpty(command.Parameters);
        Assert.All(command.Parameters.Cast<SqlParameter>(), p => Assert.Equal(SqlDbType.UniqueIdentifier, p.SqlDbType));
    }

    [Fact]
    public void An_id_that_is_a_type_is_sent_as_the_id_it_holds()
    {
        var (inquiry, referral) = (InquiryId.New(), ReferralId.New());

        Assert.Equal((SqlDbType.UniqueIdentifier, inquiry.Value), Sent(typeof(InquiryId), inquiry));
        Assert.Equal((SqlDbType.UniqueIdentifier, referral.Value), Sent(typeof(ReferralId), referral));
        Assert.Equal((SqlDbType.UniqueIdentifier, DBNull.Value), Sent(typeof(ReferralId?), DBNull.Value));
    }

    private static (SqlDbType, object) Sent(Type type, object value)
    {
#pragma warning disable CS0618 // What Dapper itself asks for each parameter.
        SqlMapper.LookupDbType(type, "id", demand: true, out var handler);
#pragma warning restore CS0618
        var parameter = new SqlParameter();
        handler!.SetValue(parameter, value);
        return (parameter.SqlDbType, parameter.Value);
    }
}
