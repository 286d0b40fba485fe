using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Cli.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly Workplace _workplace = new();

    private static string Organization => Workplace.Fixture("sentry/organization.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Database_of_a_context_is_exported_to_a_file_that_imports_again()
    {
        (await _workplace.RunAsync("import", Workplace.Fixture("shop/complete.json"), "--database", "shop_test.db", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext")).With(0);

        var outcome = (await _workplace.RunAsync("export", "shop.json", "--database", "shop_test.db", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext")).With(0);

        Assert.Contains("57 records of", outcome.Output, StringComparison.Ordinal);
        var again = (await _workplace.RunAsync(
            "import", "shop.json", "--database", "again_test.db", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--refuse-unknown-fields", "--json")).With(0);
        Assert.Equal(57, again.Json().GetProperty("counts").GetProperty("inserted").GetInt32());
        Assert.Equal(["shop.json", "shop_test.db", "again_test.db"], Directory.GetFiles(_workplace.Folder).Select(Path.GetFileName).OrderByDescending(name => name!.Length == 9).ThenByDescending(name => name));
    }

    [Theory]
    [InlineData("users")]
    [InlineData("organizations")]
    [InlineData("config")]
    [InlineData("global")]
    public async Task Sentry_scopes_are_commands_and_the_encrypted_export_is_the_same(string scope)
    {
        await FillAsync();
        var (privateKey, publicKey) = WriteKeys();

        (await _workplace.RunAsync("export", scope, "plain.json", "--database", "sentry_test.db", "--findings-file", "findings.json")).With(0);
        (await _workplace.RunAsync("export", scope, "secret.tar", "--database", "sentry_test.db", "--encrypt-with", publicKey)).With(0);
        (await _workplace.RunAsync("decrypt", "decrypted.json", "--src", "secret.tar", "--decrypt-with", privateKey)).With(0);

        Assert.True(JsonNode.DeepEquals(await JsonAsync("plain.json"), await JsonAsync("decrypted.json")));
        Assert.NotEmpty((await JsonAsync("plain.json")).AsArray());
        Assert.Equal("[]", await File.ReadAllTextAsync(_workplace.PathOf("findings.json"), Cancel));
        (await _workplace.RunAsync("import", "secret.tar", "--decrypt-with", privateKey)).With(0);
        (await _workplace.RunAsync("import", scope, "secret.tar", "--decrypt-with", privateKey)).With(0);
        Assert.Contains("sentry.user", (await _workplace.RunAsync("inspect", "secret.tar", "--decrypt-with", privateKey)).With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_output_is_the_backup_alone()
    {
        await FillAsync();

        var outcome = (await _workplace.RunAsync("export", "users", "--database", "sentry_test.db", "--filter-usernames", "ada@example.com", "--indent", "0")).With(0);

        Assert.Equal(1, outcome.Json().EnumerateArray().Count(record => record.GetProperty("model").GetString() == "sentry.user"));
        Assert.DoesNotContain('\n', outcome.Output);
        Assert.Contains("Left out: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("written to standard output", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("organizations")]
    [InlineData("config")]
    [InlineData("global")]
    public async Task Refused_export_of_Sentry_writes_what_is_wrong_to_the_findings_file_and_no_backup(string scope)
    {
        _workplace.Write("empty_test.db", string.Empty);

        (await _workplace.RunAsync("export", scope, "x.json", "--database", "empty_test.db", "--findings-file", "findings.json")).With(1);

        var finding = Assert.Single((await JsonAsync("findings.json")).AsArray())!;
        Assert.Equal("RpcExportError", finding["finding"]!.GetValue<string>());
        Assert.Contains(finding["kind"]!.GetValue<string>(), (string[])["DatabaseError", "Unknown"]);
        Assert.NotEmpty(finding["reason"]!.GetValue<string>());
        Assert.Empty(Directory.GetFiles(_workplace.Folder, "*x.json*"));
        (await _workplace.RunAsync("export", scope, "x.json", "--database", "missing_test.db", "--findings-file", "other.json")).With(3);
        Assert.False(File.Exists(_workplace.PathOf("other.json")));
        (await _workplace.RunAsync("export", scope, "x.json", "--database", "empty_test.db", "--findings-file", "nowhere/findings.json")).With(2);
    }

    [Fact]
    public async Task Silent_export_says_nothing_and_asks_nothing()
    {
        await FillAsync();

        var outcome = (await _workplace.RunAsync("export", "global", "backup.json", "--database", "sentry_test.db", "--silent", "--no-prompt")).With(0);

        Assert.Empty(outcome.Output + outcome.Error);
        Assert.NotEmpty((await JsonAsync("backup.json")).AsArray());
    }

    [Theory]
    [InlineData("import", "x.tar", "--decrypt-with-gcp-kms", "k")]
    [InlineData("import", "users", "x.tar", "--decrypt-with-gcp-kms", "k")]
    [InlineData("export", "x.tar", "--database", "sentry_test.db", "--encrypt-with-gcp-kms", "k")]
    [InlineData("export", "global", "x.tar", "--database", "sentry_test.db", "--encrypt-with-gcp-kms", "k")]
    [InlineData("encrypt", "x.tar", "--src", "plain.json", "--encrypt-with-gcp-kms", "k")]
    [InlineData("decrypt", "x.json", "--src", "x.tar", "--decrypt-with-gcp-kms", "k")]
    [InlineData("compare", "x.tar", "y.tar", "--decrypt-left-with-gcp-kms", "k")]
    [InlineData("compare", "x.tar", "y.tar", "--decrypt-right-with-gcp-kms", "k")]
    [InlineData("sanitize", "x.tar", "--src", "y.tar", "--decrypt-with-gcp-kms", "k")]
    [InlineData("sanitize", "x.tar", "--src", "y.tar", "--encrypt-with-gcp-kms", "k")]
    public async Task Key_service_is_refused_with_the_class_that_can_be_used(params string[] arguments)
    {
        var outcome = (await _workplace.RunAsync(arguments)).With(2);

        Assert.Contains("-gcp-kms is not supported", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("BackupDecryptor", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("gcp-kms", (await _workplace.RunAsync([.. arguments[..^2], "--help"])).With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_is_one_json_document_when_asked_for()
    {
        await FillAsync();

        var json = (await _workplace.RunAsync("export", "backup.json.gz", "--database", "sentry_test.db", "--only", "sentry.user", "--json")).With(0).Json();

        Assert.Equal(("exported", 3), (json.GetProperty("status").GetString(), json.GetProperty("records").GetInt32()));
        Assert.Equal("sentry.user", Assert.Single(json.GetProperty("models").EnumerateArray().ToList()).GetProperty("model").GetString());
        Assert.Equal([0x1F, 0x8B], (await File.ReadAllBytesAsync(_workplace.PathOf("backup.json.gz"), Cancel))[..2]);
        (await _workplace.RunAsync("inspect", "backup.json.gz")).With(0);
    }

    [Fact]
    public async Task Backup_is_encrypted_compactly_and_decrypted_again()
    {
        var (privateKey, publicKey) = WriteKeys();

        (await _workplace.RunAsync("encrypt", "backup.tar", "--src", Organization, "--encrypt-with", publicKey)).With(0);
        var outcome = (await _workplace.RunAsync("decrypt", "--src", "backup.tar", "--decrypt-with", privateKey)).With(0);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(Organization, Cancel)), JsonNode.Parse(outcome.Output)));
        Assert.DoesNotContain('\n', outcome.Output);
    }

    [Theory]
    [InlineData(2, "export", "x.json")]
    [InlineData(2, "export", "x.json", "--database", "sentry_test.db", "--indent", "-1")]
    [InlineData(2, "export", "--database", "sentry_test.db", "--json")]
    [InlineData(2, "export", "x.json.gz", "--database", "sentry_test.db", "--encrypt-with", "public.pem")]
    [InlineData(2, "export", "x.tar", "--database", "sentry_test.db", "--encrypt-with", "missing.pem")]
    [InlineData(2, "export", "nowhere/x.json", "--database", "sentry_test.db")]
    [InlineData(2, "export", "x.json", "--database", "sentry_test.db", "--only", "sentry.pigeon")]
    [InlineData(2, "export", "users", "x.json", "--database", "sentry_test.db", "--filter-usernames", "a", "--filter-usernames-file", "b")]
    [InlineData(3, "export", "x.json", "--database", "missing_test.db")]
    [InlineData(1, "export", "x.tar", "--database", "sentry_test.db", "--encrypt-with", "private.pem")]
    [InlineData(2, "encrypt", "x.tar", "--src", "plain.json")]
    [InlineData(1, "encrypt", "x.tar", "--src", "private.pem", "--encrypt-with", "public.pem")]
    [InlineData(1, "decrypt", "x.json", "--src", "plain.json", "--decrypt-with", "private.pem")]
    [InlineData(1, "decrypt", "x.json", "--src", "secret.tar", "--decrypt-with", "other.pem")]
    [InlineData(1, "import", "secret.tar", "--decrypt-with", "other.pem")]
    [InlineData(1, "export", "x.json", "--database", "empty_test.db")]
    public async Task What_cannot_be_done_is_refused_and_leaves_no_file(int exitCode, params string[] arguments)
    {
        await FillAsync();
        WriteKeys();
        using var other = RSA.Create(2048);
        _workplace.Write("other.pem", other.ExportPkcs8PrivateKeyPem());
        _workplace.Write("plain.json", "[]");
        _workplace.Write("empty_test.db", string.Empty);
        (await _workplace.RunAsync("encrypt", "secret.tar", "--src", "plain.json", "--encrypt-with", "public.pem")).With(0);

        var outcome = (await _workplace.RunAsync(arguments)).With(exitCode);

        Assert.NotEmpty(outcome.Error + outcome.Output);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_workplace.Folder, "*x.*"));
    }

    private async Task FillAsync() => (await _workplace.RunAsync("import", Organization, "--database", "sentry_test.db")).With(0);

    private (string Private, string Public) WriteKeys()
    {
        using var rsa = RSA.Create(2048);
        _workplace.Write("private.pem", rsa.ExportPkcs8PrivateKeyPem());
        _workplace.Write("public.pem", rsa.ExportSubjectPublicKeyInfoPem());
        return ("private.pem", "public.pem");
    }

    private async Task<JsonNode> JsonAsync(string name) => JsonNode.Parse(await File.ReadAllTextAsync(_workplace.PathOf(name), Cancel))!;
}
