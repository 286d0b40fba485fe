using Relocation.Testing.Engines;
using Relocation.Testing.Importing;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class ForeignKeyTests
{
    private const string Schema = """
        CREATE TABLE "order" (id bigint PRIMARY KEY, "customer's" bigint, parent bigint);
        CREATE TABLE customer (id bigint PRIMARY KEY, last_order bigint);
        ALTER TABLE "order" ADD CONSTRAINT "fk of ""order" FOREIGN KEY ("customer's") REFERENCES customer ON DELETE CASCADE {0};
        ALTER TABLE "order" ADD CONSTRAINT fk_parent FOREIGN KEY (parent) REFERENCES "order" {0};
        ALTER TABLE customer ADD CONSTRAINT fk_last FOREIGN KEY (last_order) REFERENCES "order" {0};
        COMMENT ON CONSTRAINT fk_parent ON "order" IS 'it''s a \ comment';
        INSERT INTO customer VALUES (1, NULL);
        INSERT INTO "order" VALUES (1, 1, NULL);
        """;

    private static readonly Table Order = Rows.Table(
        "order", ("id", FieldType.Integer), ("customer's", FieldType.Integer), ("parent", FieldType.Integer));

    private static readonly Table Customer = Rows.Table(
        "customer", ("id", FieldType.Integer), ("last_order", FieldType.Integer));

    private static readonly TableLoad[] Loads = [new(Order, 2), new(Customer, 1)];

    public static TheoryData<string> Deferrability => ["", "DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED"];

    [Theory]
    [MemberData(nameof(Deferrability))]
    public async Task Keys_set_aside_come_back_as_they_were_and_rows_may_come_in_any_order(string deferrability)
    {
        await using var scratch = await CreateAsync(deferrability);
        var before = await scratch.ConstraintsAsync();
        await using (var import = await scratch.BeginAsync(SetAsideRule.Always, Loads))
        {
            Assert.False(import.NeedsCuts);
            Assert.Equal(ForeignKeyEnforcement.CheckedBeforeCommit, import.Enforcement);
            await WriteCycleAsync(import);
            await import.VerifyForeignKeysAsync(Scratch.Token);
            await import.CommitAsync(Scratch.Token);
        }

        Assert.Equal(before, await scratch.ConstraintsAsync());
        Assert.Equal(3, await scratch.ScalarAsync<long>("SELECT count(*) FROM \"order\""));
    }

    [Theory]
    [MemberData(nameof(Deferrability))]
    public async Task Violation_is_found_before_the_commit_when_keys_were_set_aside(string deferrability)
    {
        await using var scratch = await CreateAsync(deferrability);
        var before = await scratch.StateAsync();
        await using (var import = await scratch.BeginAsync(SetAsideRule.Always, Loads))
        {
            await Rows.WriteAsync(import, Order, [10L, 77L, null]);
            var refused = await Assert.ThrowsAsync<RowRefusedException>(() => import.VerifyForeignKeysAsync(Scratch.Token));
            Assert.Equal((RefusalKind.ForeignKey, "fk of \"order", null), (refused.Kind, refused.Constraint, refused.Rank));
            Assert.DoesNotContain("77", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await scratch.StateAsync());
    }

    [Theory]
    [InlineData("DEFERRABLE")]
    [InlineData("DEFERRABLE INITIALLY DEFERRED")]
    public async Task Deferrable_keys_need_no_cuts_when_checked_row_by_row(string deferrability)
    {
        await using var scratch = await CreateAsync(deferrability);
        await scratch.BecomeStrangerAsync();
        await using var import = await scratch.BeginAsync(SetAsideRule.Always, Loads);
        Assert.False(import.NeedsCuts);
        Assert.Equal(ForeignKeyEnforcement.CheckedRowByRow, import.Enforcement);
        await WriteCycleAsync(import);
        await import.VerifyForeignKeysAsync(Scratch.Token);
        await import.CommitAsync(Scratch.Token);
    }

    [Theory]
    [InlineData("DEFERRABLE")]
    [InlineData("DEFERRABLE INITIALLY DEFERRED")]
    public async Task Violation_of_a_deferrable_key_is_found_before_the_commit(string deferrability)
    {
        await using var scratch = await CreateAsync(deferrability);
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, Loads);
        await Rows.WriteAsync(import, Order, [10L, 77L, null]);
        var refused = await Assert.ThrowsAsync<RowRefusedException>(() => import.VerifyForeignKeysAsync(Scratch.Token));
        Assert.Equal((RefusalKind.ForeignKey, "fk of \"order"), (refused.Kind, refused.Constraint));
    }

    [Fact]
    public async Task Keys_that_are_not_deferrable_need_cuts_when_the_role_owns_no_table()
    {
        await using var scratch = await CreateAsync("");
        await scratch.BecomeStrangerAsync();
        await using var import = await scratch.BeginAsync(SetAsideRule.Always, Loads);
        Assert.True(import.NeedsCuts);
        Assert.Equal(ForeignKeyEnforcement.CheckedRowByRow, import.Enforcement);
        var refused = await Assert.ThrowsAsync<RowRefusedException>(() => Rows.WriteAsync(import, Order, [10L, 77L, null]));
        Assert.Equal((RefusalKind.ForeignKey, "fk of \"order"), (refused.Kind, refused.Constraint));
    }

    [Fact]
    public async Task Small_loads_are_checked_row_by_row_and_large_ones_together()
    {
        await using var scratch = await CreateAsync("");
        await using (var small = await scratch.BeginAsync(SetAsideRule.Default, new TableLoad(Order, 10)))
        {
            Assert.True(small.NeedsCuts);
        }

        await using var large = await scratch.BeginAsync(SetAsideRule.Default, new TableLoad(Order, 100_000));
        Assert.False(large.NeedsCuts);
    }

    [Fact]
    public async Task Key_that_was_never_validated_or_is_switched_off_is_left_alone()
    {
        await using var scratch = await CreateAsync("");
        await scratch.ExecuteAsync(
            """
            ALTER TABLE customer DROP CONSTRAINT fk_last; INSERT INTO customer VALUES (2, 99);
            ALTER TABLE customer ADD CONSTRAINT fk_last FOREIGN KEY (last_order) REFERENCES "order" NOT VALID;
            """);
        var before = await scratch.ConstraintsAsync();
        await using (var import = await scratch.BeginAsync(SetAsideRule.Always, Loads))
        {
            Assert.True(import.NeedsCuts);
            await Rows.WriteAsync(import, Customer, [10L, 1L]);
            await import.VerifyForeignKeysAsync(Scratch.Token);
            await import.CommitAsync(Scratch.Token);
        }

        Assert.Equal(before, await scratch.ConstraintsAsync());
        await scratch.ExecuteAsync("ALTER TABLE \"order\" DISABLE TRIGGER ALL");
        await using (var import = await scratch.BeginAsync(SetAsideRule.Always, new TableLoad(Order, 1)))
        {
            Assert.Equal(ForeignKeyEnforcement.CheckedRowByRow, import.Enforcement);
            await import.VerifyForeignKeysAsync(Scratch.Token);
            await import.CommitAsync(Scratch.Token);
        }

        Assert.Equal(
            0, await scratch.ScalarAsync<long>("SELECT count(*) FROM pg_trigger WHERE tgrelid = '\"order\"'::regclass AND tgenabled <> 'D'"));
    }

    [Fact]
    public async Task Partitioned_tables_are_checked_row_by_row()
    {
        await using var scratch = await Scratch.CreateAsync(
            """
            CREATE TABLE a (id bigint PRIMARY KEY);
            CREATE TABLE b (id bigint PRIMARY KEY, a bigint REFERENCES a DEFERRABLE) PARTITION BY RANGE (id);
            CREATE TABLE b1 PARTITION OF b FOR VALUES FROM (0) TO (100);
            """);
        var table = Rows.Table("b", ("id", FieldType.Integer), ("a", FieldType.Integer));
        await using var import = await scratch.BeginAsync(SetAsideRule.Always, new TableLoad(table, 1));
        Assert.Equal(ForeignKeyEnforcement.CheckedRowByRow, import.Enforcement);
        await Rows.WriteAsync(import, table, [1L, 5L]);
        var refused = await Assert.ThrowsAsync<RowRefusedException>(() => import.VerifyForeignKeysAsync(Scratch.Token));
        Assert.Equal(RefusalKind.ForeignKey, refused.Kind);
    }

    [Fact]
    public async Task Deferrable_unique_set_is_checked_before_the_commit()
    {
        await using var scratch = await Scratch.CreateAsync(
            "CREATE TABLE t (id bigint PRIMARY KEY, v bigint CONSTRAINT once UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        var table = Rows.Table("t", ("id", FieldType.Integer), ("v", FieldType.Integer));
        await using var import = await scratch.BeginAsync(SetAsideRule.Always, new TableLoad(table, 1));
        await Rows.WriteAsync(import, table, [1L, 5L], [2L, 5L]);
        var refused = await Assert.ThrowsAsync<RowRefusedException>(() => import.VerifyForeignKeysAsync(Scratch.Token));
        Assert.Equal((RefusalKind.Unique, "once"), (refused.Kind, refused.Constraint));
    }

    [Fact]
    public async Task Pending_checks_of_the_caller_do_not_stop_an_import()
    {
        await using var scratch = await CreateAsync("DEFERRABLE INITIALLY DEFERRED");
        await using var outer = await scratch.Connection.BeginTransactionAsync(Scratch.Token);
        await scratch.ExecuteAsync("INSERT INTO \"order\" VALUES (5, 6, NULL)");
        await using (var import = await scratch.BeginAsync(SetAsideRule.Always, outer, Loads))
        {
            Assert.Equal(ForeignKeyEnforcement.CheckedRowByRow, import.Enforcement);
            Assert.Equal("off", await scratch.ScalarAsync<string>("SHOW row_security"));
            await Rows.WriteAsync(import, Customer, [6L, 5L]);
            await import.VerifyForeignKeysAsync(Scratch.Token);
            await import.CommitAsync(Scratch.Token);
        }

        Assert.Equal("on", await scratch.ScalarAsync<string>("SHOW row_security"));

        // The keys are deferred again for the caller.
        await scratch.ExecuteAsync("INSERT INTO \"order\" VALUES (7, 8, NULL); INSERT INTO customer VALUES (8, 7)");
        await outer.CommitAsync(Scratch.Token);
        Assert.Equal(3, await scratch.ScalarAsync<long>("SELECT count(*) FROM customer"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cuts_are_filled_in_for_many_rows_at_once(bool setAside)
    {
        await using var scratch = await CreateAsync("");
        var before = await scratch.ConstraintsAsync();
        await using (var import = await scratch.BeginAsync(setAside ? SetAsideRule.Always : SetAsideRule.Never, Loads))
        {
            await Rows.WriteAsync(import, Customer, [10L, null], [11L, null]);
            await Rows.WriteAsync(import, Order, [20L, 10L, null], [21L, 11L, null]);
            await FillAsync(import, Customer, [10L, 21L]);
            await FillAsync(import, Customer, [11L, 20L]);
            await FillAsync(import, Order, [20L, 21L], [21L, null]);
            await import.VerifyForeignKeysAsync(Scratch.Token);
            await import.CommitAsync(Scratch.Token);
        }

        Assert.Equal("(1,) (10,21) (11,20)", await scratch.TextAsync("SELECT * FROM customer"));
        Assert.Equal("(1,1,) (20,10,21) (21,11,)", await scratch.TextAsync("SELECT * FROM \"order\""));
        Assert.Equal(before, await scratch.ConstraintsAsync());
    }

    [Fact]
    public async Task Cut_that_leads_nowhere_is_refused()
    {
        await using var scratch = await CreateAsync("");
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, Loads);
        var refused = await Assert.ThrowsAsync<RowRefusedException>(() => FillAsync(import, Customer, [1L, 99L]));
        Assert.Equal((RefusalKind.ForeignKey, "fk_last"), (refused.Kind, refused.Constraint));
    }

    [Fact]
    public async Task Cut_of_a_row_that_is_not_there_is_refused()
    {
        await using var scratch = await CreateAsync("");
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, Loads);
        var refused = await Assert.ThrowsAsync<RowRefusedException>(() => FillAsync(import, Customer, [1L, 1L], [99L, 1L]));
        Assert.StartsWith("1 row of table 'customer' that should", refused.Message, StringComparison.Ordinal);
    }

    private static Task<Scratch> CreateAsync(string deferrability) =>
        Scratch.CreateAsync(Schema.Replace("{0}", deferrability, StringComparison.Ordinal));

    private static async Task WriteCycleAsync(ImportTransaction import)
    {
        await Rows.WriteAsync(import, Order, [10L, 20L, 11L], [11L, 1L, null]);
        await Rows.WriteAsync(import, Customer, [20L, 11L]);
    }

    /// <summary>Each row is the key, then the last column of the model.</summary>
    private static async Task FillAsync(ImportTransaction import, Table table, params object?[][] rows)
    {
        var filled = table.Columns[^1];
        var batch = new RowBatch([.. table.Key, filled], rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            Rows.Add(batch, i, rows[i]);
        }

        await import.FillCutAsync(table, [filled], batch, Scratch.Token);
    }
}
