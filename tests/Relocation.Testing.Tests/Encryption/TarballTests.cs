using Xunit;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace Relocation.Testing.Tests.Encryption;

[Collection(nameof(TarballTests))]
[CollectionDefinition(nameof(TarballTests), DisableParallelization = true)]
public sealed class TarballTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rsa.Dispose();

    [Fact]
    public async Task Content_of_any_length_comes_back_and_can_be_read_anywhere()
    {
        await Gen.Select(Gen.OneOf(Gen.Int[0, 200], Gen.Int[40_000, 70_000]), Gen.Int[0, int.MaxValue]).SampleAsync(
            async (length, seed) =>
            {
                var json = Tarballs.Json(length);
                var tarball = await Tarballs.MakeAsync(json, _rsa);
                Assert.Equal(json, await Tarballs.ReadAsync(tarball, _rsa));

                var random = new Random(seed);
                await using var source = await Backup.FromUtf8(tarball).DecryptedWith(BackupDecryptor.FromPem(_rsa.ExportPkcs8PrivateKeyPem())).OpenAsync(Cancel);
                Assert.Equal(json.Length, source.Length);
                for (var i = 0; i < 20; i++)
                {
                    var start = random.Next(json.Length);
                    var buffer = new byte[random.Next(1, 100)];
                    var read = await source.ReadAsync(buffer, start, Cancel);
                    Assert.InRange(read, 1, buffer.Length);
                    Assert.Equal(json.Substring(start, read), Encoding.UTF8.GetString(buffer, 0, read));
                }

                Assert.Equal(0, await source.ReadAsync(new byte[10], json.Length, Cancel));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Tarball_has_the_three_members_in_order_and_a_key_of_its_own()
    {
        var one = Tarballs.Unpack(await Tarballs.MakeAsync(Tarballs.Json(10), _rsa));
        var other = Tarballs.Unpack(await Tarballs.MakeAsync(Tarballs.Json(10), _rsa));

        Assert.Equal(Tarballs.Members, one.Keys);
        Assert.Equal(256, one["data.key"].Length);
        Assert.Equal(_rsa.ExportSubjectPublicKeyInfoPem(), Encoding.UTF8.GetString(one["key.pub"]));
        Assert.StartsWith("gAAAAAB", Encoding.UTF8.GetString(one["export.json"]), StringComparison.Ordinal);
        var key = _rsa.Decrypt(one["data.key"], RSAEncryptionPadding.OaepSHA256);
        Assert.Equal(44, key.Length);
        Assert.NotEqual(key, _rsa.Decrypt(other["data.key"], RSAEncryptionPadding.OaepSHA256));
    }

    [Fact]
    public async Task Members_may_come_in_any_order_and_beside_folders()
    {
        var members = Tarballs.Unpack(await Tarballs.MakeAsync(Tarballs.Json(10), _rsa));

        var packed = Tarballs.Pack(
            [
                new UstarTarEntry(TarEntryType.Directory, "folder"),
                .. Tarballs.Members.Reverse().Select(name => new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(members[name]) }),
            ]);

        Assert.Equal(Tarballs.Json(10), await Tarballs.ReadAsync(packed, _rsa));
    }

    [Fact]
    public async Task Spaces_are_no_part_of_an_encrypted_copy_but_within_texts()
    {
        const string Spaced = "[ {\"model\" : \"a.b\",\n\t\"pk\": 1, \"fields\": {\"a\": \" x \\\" y \\\\\", \"b\" : [ 1, 2 ] } }\r\n]";

        Assert.Equal(
            "[{\"model\":\"a.b\",\"pk\":1,\"fields\":{\"a\":\" x \\\" y \\\\\",\"b\":[1,2]}}]",
            await Tarballs.ReadAsync(await Tarballs.MakeAsync(Spaced, _rsa), _rsa));
    }

    [Fact]
    public async Task Every_changed_bit_is_refused()
    {
        var tarball = await Tarballs.MakeAsync(Tarballs.Json(300), _rsa);
        var members = Tarballs.Unpack(tarball);

        await Gen.Select(Gen.Int[0, members["export.json"].Length - 1], Gen.Int[0, 7]).SampleAsync(
            async (at, bit) =>
            {
                var changed = (byte[])members["export.json"].Clone();
                changed[at] ^= (byte)(1 << bit);

                await MustRefuseAsync(Tarballs.Pack(("export.json", changed), ("data.key", members["data.key"]), ("key.pub", members["key.pub"])), "damaged");
            },
            iter: 200,
            threads: 1);
        members["data.key"][7] ^= 1;
        await MustRefuseAsync(Tarballs.Pack(members.Select(member => (member.Key, member.Value))), "data.key");
    }

    [Fact]
    public async Task Truncated_tarball_is_refused_wherever_it_ends()
    {
        var tarball = await Tarballs.MakeAsync(Tarballs.Json(300), _rsa);
        var contentEnd = 512 + 512 + 512 + 512 + 512 + 512;

        for (var length = 0; length < contentEnd; length += 97)
        {
            await MustRefuseAsync(tarball[..length], "no encrypted backup");
        }
    }

    [Theory]
    [InlineData("../export.json")]
    [InlineData("/export.json")]
    [InlineData("data/export.json")]
    [InlineData("./export.json")]
    [InlineData("EXPORT.JSON")]
    [InlineData("other.json")]
    public async Task Other_names_are_refused(string name)
    {
        var members = Tarballs.Unpack(await Tarballs.MakeAsync(Tarballs.Json(10), _rsa));

        await MustRefuseAsync(Tarballs.Pack(members.Select(member => (member.Key == "export.json" ? name : member.Key, member.Value))), "something besides");
        await MustRefuseAsync(Tarballs.Pack(members.Select(member => (member.Key, member.Value)).Append((name, [1]))), "something besides");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    public async Task Links_and_devices_are_refused(TarEntryType type)
    {
        var members = Tarballs.Unpack(await Tarballs.MakeAsync(Tarballs.Json(10), _rsa));
        var entry = new UstarTarEntry(type, "export.json");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "/etc/passwd";
        }

        await MustRefuseAsync(
            Tarballs.Pack([entry, .. members.Skip(1).Select(member => new UstarTarEntry(TarEntryType.RegularFile, member.Key) { DataStream = new MemoryStream(member.Value) })]),
            "something besides");
    }

    [Theory]
    [InlineData("export.json")]
    [InlineData("data.key")]
    [InlineData("key.pub")]
    public async Task Doubled_and_missing_members_are_refused(string name)
    {
        var members = Tarballs.Unpack(await Tarballs.MakeAsync(Tarballs.Json(10), _rsa));

        await MustRefuseAsync(Tarballs.Pack(members.Select(member => (member.Key, member.Value)).Append((name, members[name]))), "twice");
        await MustRefuseAsync(Tarballs.Pack(members.Where(member => member.Key != name).Select(member => (member.Key, member.Value))), $"lacks {name}");
    }

    [Fact]
    public async Task Sizes_that_are_not_there_or_too_large_are_refused_without_making_room_for_them()
    {
        var tarball = await Tarballs.MakeAsync(Tarballs.Json(10), _rsa);
        var members = Tarballs.Unpack(tarball);
        await MustRefuseAsync(Tarballs.Pack(("export.json", members["export.json"]), ("data.key", new byte[100_000]), ("key.pub", members["key.pub"])), "too large");
        foreach (var size in new[] { "77777777777", "00000200000" })
        {
            var header = (byte[])tarball.Clone();
            Encoding.ASCII.GetBytes(size).CopyTo(header.AsSpan(124));
            Encoding.ASCII.GetBytes("        ").CopyTo(header.AsSpan(148));
            Encoding.ASCII.GetBytes($"{Convert.ToString(header.AsSpan(0, 512).ToArray().Sum(value => value), 8)}\0").CopyTo(header.AsSpan(148));
            await MustRefuseAsync(header, "no encrypted backup");
        }

        // A PAX header that says it is huge, before the first member.
        var pax = new byte[512];
        "x"u8.CopyTo(pax);
        Encoding.ASCII.GetBytes("07777777777").CopyTo(pax.AsSpan(124));
        pax[156] = (byte)'x';
        var before = GC.GetAllocatedBytesForCurrentThread();
        await MustRefuseAsync([.. pax, .. tarball], "something besides");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task Other_key_and_what_is_no_key_are_refused()
    {
        var tarball = await Tarballs.MakeAsync(Tarballs.Json(10), _rsa);
        using var other = RSA.Create(2048);

        var wrong = await Assert.ThrowsAsync<EncryptionException>(() => Tarballs.ReadAsync(tarball, other));
        Assert.Contains("another pair", wrong.Message, StringComparison.Ordinal);
        foreach (var pem in new[] { "no key", _rsa.ExportSubjectPublicKeyInfoPem() })
        {
            var refused = await Assert.ThrowsAsync<EncryptionException>(
                () => Backup.FromUtf8(tarball).DecryptedWith(BackupDecryptor.FromPem(pem)).CopyToAsync(BackupDestination.ToStream(Stream.Null), Cancel));
            Assert.Contains("no RSA private key", refused.Message, StringComparison.Ordinal);
        }

        var notPublic = await Assert.ThrowsAsync<EncryptionException>(() => Backup.FromJson("[]").CopyToAsync(
            BackupDestination.ToStream(Stream.Null).EncryptedWith(BackupEncryptor.FromPem(_rsa.ExportPkcs8PrivateKeyPem())), Cancel));
        Assert.Contains("no RSA public key", notPublic.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EncryptionException>(() => Backup.FromUtf8(tarball).DecryptedWith(BackupDecryptor.FromPemFile("missing.pem"))
            .CopyToAsync(BackupDestination.ToStream(Stream.Null), Cancel));
    }

    [Fact]
    public async Task Plain_backup_is_refused_with_a_key_and_a_tarball_without()
    {
        await MustRefuseAsync(Encoding.UTF8.GetBytes(Tarballs.Json(2_000)), "no encrypted backup");
        var tarball = await Tarballs.MakeAsync(Tarballs.Json(10), _rsa);
        await Assert.ThrowsAsync<BackupFormatException>(() => Backup.FromUtf8(tarball).CopyToAsync(BackupDestination.ToStream(Stream.Null), Cancel));
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_content()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var json = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(1, 20_000).Select(key => $$$"""{"model":"a.b","pk":{{{key}}},"fields":{"text":"{{{new string('x', 1_000)}}}"}}"""))}]");
            var encryptor = BackupEncryptor.FromPem(_rsa.ExportSubjectPublicKeyInfoPem());
            var decryptor = BackupDecryptor.FromPem(_rsa.ExportPkcs8PrivateKeyPem());
            await Backup.FromUtf8(json).CopyToAsync(BackupDestination.ToFile(path).EncryptedWith(encryptor), Cancel);

            // What is allocated at all bounds what is held at once.
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await Backup.FromFile(path).DecryptedWith(decryptor).CopyToAsync(BackupDestination.ToStream(Stream.Null), Cancel);

            Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, json.Length / 2);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Key_service_is_asked_for_its_part_only()
    {
        var service = new KeyService(_rsa);
        using var stream = new MemoryStream();
        await Backup.FromJson(Tarballs.Json(10)).CopyToAsync(BackupDestination.ToStream(stream).EncryptedWith(service.Encryptor), Cancel);

        using var plain = new MemoryStream();
        await Backup.FromUtf8(stream.ToArray()).DecryptedWith(service).CopyToAsync(BackupDestination.ToStream(plain), Cancel);

        Assert.Equal(Tarballs.Json(10), Encoding.UTF8.GetString(plain.ToArray()));
        Assert.Equal(1, service.Decryptions);
    }

    private async Task MustRefuseAsync(byte[] tarball, string words)
    {
        var refused = await Assert.ThrowsAsync<EncryptionException>(() => Tarballs.ReadAsync(tarball, _rsa));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }
}
