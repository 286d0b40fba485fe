using Relocation.Testing.PostgreSql.Server;

namespace Relocation.Testing.PostgreSql.Tests.Server;

public sealed class PostgreSqlBinariesTests
{
    [Fact]
    public void A_folder_that_was_named_hides_all_others_when_it_holds_no_server()
    {
        var empty = Directory.CreateTempSubdirectory("relocation-test-").FullName;

        Assert.Null(PostgreSqlBinaries.Find(empty, Environment.GetEnvironmentVariable("PATH"), empty, out var looked));

        Assert.Equal([$"RELOCATION_POSTGRES_BIN={empty}"], looked);
        Directory.Delete(empty);
    }

    [Fact]
    public void The_folders_of_PATH_come_first()
    {
        var folder = Directory.CreateTempSubdirectory("relocation-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "initdb"), string.Empty);
        File.WriteAllText(Path.Combine(folder, "postgres"), string.Empty);

        var found = PostgreSqlBinaries.Find(null, $"/nowhere:{folder}", "/nowhere", out _);

        Assert.Equal(folder, found?.Folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Root_gets_an_unprivileged_account_and_everybody_else_their_own()
    {
        string[] passwd = ["root:x:0:0::/root:/bin/sh", "nobody:x:65534:65533::/:/bin/false", "postgres:x:101:102::/:/bin/false"];

        Assert.Equal("101:102", ServerAccount.Choose(isRoot: true, passwd)?.Owner);
        Assert.Equal("65534:65533", ServerAccount.Choose(isRoot: true, passwd.Take(2))?.Owner);
        Assert.Null(ServerAccount.Choose(isRoot: true, passwd.Take(1)));
        Assert.Empty(ServerAccount.Choose(isRoot: false, passwd)!.Prefix);
    }
}
