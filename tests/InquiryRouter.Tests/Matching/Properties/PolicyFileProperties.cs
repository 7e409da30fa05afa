using System.Text;
using FsCheck;
using FsCheck.Xunit;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching.Properties;

public sealed class PolicyFileProperties
{
    [Property(MaxTest = 2000)]
    public void No_change_of_a_file_makes_reading_it_fail(NonEmptyArray<(ushort At, byte Value)> changes)
    {
        var file = PolicyFile.Write(Policy.Shipped);
        foreach (var (at, value) in changes.Get)
        {
            file[at % file.Length] = value;
        }

        AssertAnswered(file);
    }

    [Property(MaxTest = 1000)]
    public void Nor_does_any_text_as_a_name(string? name)
    {
        var text = Encoding.UTF8.GetString(PolicyFile.Write(Policy.Shipped)).Replace("shipped", name, StringComparison.Ordinal);

        AssertAnswered(Encoding.UTF8.GetBytes(text));
    }

    private static void AssertAnswered(byte[] file)
    {
        var (policy, problems) = PolicyFile.Read(file, 1, A.Lists);
        Assert.Equal(policy is null, problems.Count > 0);
        Assert.All(problems, p => Assert.NotEmpty(p.Field + p.Allowed));
    }
}
