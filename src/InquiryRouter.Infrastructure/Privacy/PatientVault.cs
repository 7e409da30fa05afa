using System.Security.Cryptography;
using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>A patient's data as it is stored: sealed under a key of its own, that key wrapped by the master key.</summary>
public sealed record SealedPatient
{
    public required InquiryId InquiryId { get; init; }

    public required string MasterKeyId { get; init; }

    public required byte[] WrappedKey { get; init; }

    public required byte[] Sealed { get; init; }
}

/// <summary>A key that only the master key opens.</summary>
public sealed record WrappedKey(string MasterKeyId, byte[] Bytes);

/// <summary>Seals and opens what identifies a patient. Destroying the wrapped key destroys the data, and every mail about it.</summary>
public sealed class PatientVault(MasterKeyRing masterKeys)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public SealedPatient Seal(InquiryId inquiryId, PatientData patient)
    {
        var key = RandomNumberGenerator.GetBytes(MasterKey.Length);
        var masterKey = masterKeys.Newest;
        var result = new SealedPatient
        {
            InquiryId = inquiryId,
            MasterKeyId = masterKey.Id,
            WrappedKey = masterKey.Wrap(key),
            Sealed = Sealing.Seal(key, JsonSerializer.SerializeToUtf8Bytes(patient, s_json)),
        };
        CryptographicOperations.ZeroMemory(key);
        return result;
    }

    /// <summary>The patient's data anew, under the key they have: what else is sealed under it stays readable.</summary>
    public SealedPatient Reseal(SealedPatient patient, PatientData changed) =>
        patient with { Sealed = SealFor(patient, JsonSerializer.SerializeToUtf8Bytes(changed, s_json)) };

    public PatientData Open(SealedPatient patient) =>
        JsonSerializer.Deserialize<PatientData>(Sealing.Open(masterKeys.Unwrap(patient.WrappedKey), patient.Sealed), s_json)!;

    /// <summary>Seals something else about the patient (a mail) under the patient's key.</summary>
    /// <summary>The same of what was read beside its key.</summary>
    public PatientData Open(byte[] wrappedKey, byte[] sealedPatient) => Open(new SealedPatient
    {
        InquiryId = InquiryId.None, MasterKeyId = string.Empty, WrappedKey = wrappedKey, Sealed = sealedPatient,
    });

    public byte[] SealFor(SealedPatient patient, ReadOnlySpan<byte> plain) => Sealing.Seal(masterKeys.Unwrap(patient.WrappedKey), plain);

    /// <summary>Seals something under a key of its own, which the erasure of the patient's leaves alone.</summary>
    public (WrappedKey Key, byte[] Sealed) SealAlone(ReadOnlySpan<byte> plain)
    {
        var key = RandomNumberGenerator.GetBytes(MasterKey.Length);
        var masterKey = masterKeys.Newest;
        var result = (new WrappedKey(masterKey.Id, masterKey.Wrap(key)), Sealing.Seal(key, plain));
        CryptographicOperations.ZeroMemory(key);
        return result;
    }

    /// <summary>Opens what <see cref="SealFor"/> or <see cref="SealAlone"/> sealed.</summary>
    public byte[] OpenFor(byte[] wrappedKey, ReadOnlySpan<byte> sealedBytes) => Sealing.Open(masterKeys.Unwrap(wrappedKey), sealedBytes);
}
