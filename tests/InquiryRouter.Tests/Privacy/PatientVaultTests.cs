using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Privacy;

public sealed class PatientVaultTests
{
    private static readonly MasterKey s_key = Key(1);
    private static readonly PatientVault s_vault = new(s_key);
    private static readonly InquiryId s_inquiry = new(new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718293"));

    [Fact]
    public void What_was_sealed_is_opened_whole()
    {
        var patient = An.Patient() with { Name = "José Pérez", InquirerName = "Carla", InquirerEmail = "carla@example.org", Message = "مرحبا\n" };

        Assert.Equal(patient, s_vault.Open(s_vault.Seal(s_inquiry, patient)));
    }

    [Fact]
    public void Nothing_of_the_patient_can_be_read_from_the_sealed_bytes()
    {
        var stored = Encoding.Latin1.GetString(s_vault.Seal(s_inquiry, An.Patient()).Sealed);

        Assert.All(["Ana", "example", "lupus", "status-token"], told => Assert.DoesNotContain(told, stored, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_same_patient_sealed_twice_has_other_bytes_and_another_key()
    {
        var (first, second) = (s_vault.Seal(s_inquiry, An.Patient()), s_vault.Seal(s_inquiry, An.Patient()));

        Assert.NotEqual(first.Sealed, second.Sealed);
        Assert.NotEqual(s_key.Unwrap(first.WrappedKey), s_key.Unwrap(second.WrappedKey));
    }

    [Fact]
    public void The_name_of_the_master_key_is_kept_beside() => Assert.Equal(s_key.Id, s_vault.Seal(s_inquiry, An.Patient()).MasterKeyId);

    [Fact]
    public void Another_master_key_opens_nothing()
    {
        var stored = s_vault.Seal(s_inquiry, An.Patient());

        Assert.ThrowsAny<CryptographicException>(() => new PatientVault(Key(2)).Open(stored));
    }

    [Fact]
    public void The_key_of_another_patient_opens_nothing()
    {
        var (ana, eve) = (s_vault.Seal(s_inquiry, An.Patient()), s_vault.Seal(InquiryId.None, An.Patient()));

        Assert.ThrowsAny<CryptographicException>(() => s_vault.Open(ana with { WrappedKey = eve.WrappedKey }));
    }

    [Fact]
    public void Every_changed_byte_is_refused()
    {
        var stored = s_vault.Seal(s_inquiry, An.Patient());
        for (var i = 0; i < stored.Sealed.Length; i++)
        {
            var changed = stored with { Sealed = Changed(stored.Sealed, i) };
            Assert.ThrowsAny<CryptographicException>(() => s_vault.Open(changed));
        }
    }

    [Fact]
    public void Every_changed_byte_of_the_wrapped_key_is_refused()
    {
        var stored = s_vault.Seal(s_inquiry, An.Patient());
        for (var i = 0; i < stored.WrappedKey.Length; i++)
        {
            var changed = stored with { WrappedKey = Changed(stored.WrappedKey, i) };
            Assert.ThrowsAny<CryptographicException>(() => s_vault.Open(changed));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(60)]
    public void A_part_of_the_bytes_is_refused(int length)
    {
        var stored = s_vault.Seal(s_inquiry, An.Patient());

        Assert.ThrowsAny<CryptographicException>(() => s_vault.Open(stored with { Sealed = stored.Sealed[..length] }));
    }

    [Fact]
    public void A_mail_is_sealed_under_the_key_of_its_patient()
    {
        var (ana, eve) = (s_vault.Seal(s_inquiry, An.Patient()), s_vault.Seal(InquiryId.None, An.Patient()));
        var mail = s_vault.SealFor(ana, "hello"u8);

        Assert.Equal("hello"u8.ToArray(), s_vault.OpenFor(ana.WrappedKey, mail));
        Assert.ThrowsAny<CryptographicException>(() => s_vault.OpenFor(eve.WrappedKey, mail));
    }

    private static MasterKey Key(byte filler) => MasterKey.Parse(Convert.ToBase64String(Enumerable.Repeat(filler, 32).ToArray()), "the test");

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }
}
