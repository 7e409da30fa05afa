using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InquiryRouter.TestSupport;

/// <summary>
/// A passkey in software (P-256, no attestation): answers as a browser with an authenticator does, and in each wrong way a test asks for.
/// </summary>
internal sealed class SoftKey(string origin) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string? _user;

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>How often it was used, as it says.</summary>
    public uint Count { get; set; } = 1;

    /// <summary>Asks for a PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>The page that asks, as the browser says.</summary>
    public string Origin { get; set; } = origin;

    public string Domain { get; set; } = "localhost";

    public bool IsCrossOrigin { get; set; }

    /// <summary>Signs something else.</summary>
    public bool Forges { get; set; }

    /// <summary>What it was asked last.</summary>
    public JsonNode? Asked { get; private set; }

    /// <summary>The answer to the question for a new passkey.</summary>
    public string Make(string question)
    {
        Asked = JsonNode.Parse(question)!;
        _user = Asked["user"]!["id"]!.GetValue<string>();
        byte[] data = [.. Data(0x40), .. new byte[16], 0, (byte)Id.Length, .. Id, .. PublicKey()];
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data,
        ];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create")),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>The answer to the question for one that is there.</summary>
    public string Answer(string question)
    {
        Asked = JsonNode.Parse(question)!;
        var (data, client) = (Data(0), ClientData("webauthn.get"));
        byte[] signed = Forges ? [1, 2, 3] : [.. data, .. SHA256.HashData(client)];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(
                _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = _user,
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Data(byte flags)
    {
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), (byte)(flags | 0x01 | (Verifies ? 0x04 : 0)), .. count];
    }

    private byte[] ClientData(string type) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type, challenge = Asked!["challenge"]!.GetValue<string>(), origin = Origin, crossOrigin = IsCrossOrigin,
    });

    // COSE: EC2, ES256, P-256.
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    private string Credential(JsonObject response)
    {
        var id = Base64Url.EncodeToString(Id);
        return new JsonObject
        {
            ["id"] = id, ["rawId"] = id, ["type"] = "public-key", ["response"] = response, ["clientExtensionResults"] = new JsonObject(),
        }.ToJsonString();
    }
}
