using System.Text;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Tests.Import;

public sealed class FuzzedFilesNeverThrow
{
    private const int Files = 1500;

    // Bytes that mean something in one of the formats, or are no UTF-8.
    private static readonly byte[] s_telling = [.. "\"\\,;|+@=[]{}:\n\r \t-.09aZu"u8, 0, 0x1B, 0x7F, 0xC3, 0xED, 0xFF];

    [Theory]
    [InlineData(ImportFormat.Json, true)]
    [InlineData(ImportFormat.Csv, true)]
    [InlineData(ImportFormat.Json, false)]
    [InlineData(ImportFormat.Csv, false)]
    public void They_give_either_problems_or_clinics(ImportFormat format, bool ofManyClinics)
    {
        var json = ofManyClinics ? ClinicFiles.DemoNetwork() : Encoding.UTF8.GetBytes(ClinicFiles.Json);
        var original = format == ImportFormat.Json
            ? json
            : Encoding.UTF8.GetBytes(ClinicFiles.CsvOf(ClinicFiles.Read(json, ImportFormat.Json).Clinics));
        var good = 0;
        for (var seed = 0; seed < Files; seed++)
        {
            var file = Mutate(original, new Random(seed));
            ImportResult result;
            try
            {
                result = ClinicFiles.Read(file, format);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"The {format} file of seed {seed} threw.", e);
            }

            Assert.True(result.Clinics.Count == 0 != (result.Problems.Count == 0), $"The {format} file of seed {seed} has neither clinics nor problems, or both.");
            Assert.All(result.Problems, p => AssertReadable(p, file, seed));
            good += result.Problems.Count == 0 ? 1 : 0;
        }

        // Some mutations harm nothing: both outcomes are met.
        Assert.InRange(good, 1, Files - 1);
    }

    private static void AssertReadable(ImportProblem problem, byte[] file, int seed)
    {
        var lines = 1 + file.Count(b => b is (byte)'\n' or (byte)'\r');
        Assert.True(
            problem.Line >= 1 && problem.Line <= lines && problem.Value.Length <= 80 && problem.Allowed.Length is > 0 and < 1000 && !problem.Allowed.Any(char.IsControl) && !problem.Value.Any(char.IsControl) && !problem.Column.Any(char.IsControl),
            $"Seed {seed}: {problem}");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var file = original.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(file.Count);
            var length = Math.Min(random.Next(1, 40), file.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] = s_telling[random.Next(s_telling.Length)];
                    break;
                case 2:
                    file.Insert(at, s_telling[random.Next(s_telling.Length)]);
                    break;
                case 3:
                    file.RemoveRange(at, length);
                    break;
                case 4:
                    file.InsertRange(at, file.GetRange(random.Next(file.Count - length), length));
                    break;
                default:
                    if (random.Next(10) == 0)
                    {
                        file.RemoveRange(at, file.Count - at);
                        return [.. file];
                    }

                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. file];
    }
}
