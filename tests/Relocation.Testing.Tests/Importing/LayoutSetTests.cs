using Relocation.Testing.Planning;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class LayoutSetTests
{
    private static readonly RelocationChild Tags = new()
    {
        Name = "tags",
        OwnerFields = ["post"],
        HoldsKeys = true,
        Rows = Entity("tagging", ["post", "tag"], [], To("tag")),
    };

    private static readonly RelocationChild Lines = new()
    {
        Name = "lines",
        OwnerFields = ["post"],
        Number = "no",
        Rows = Entity("line", ["post", "no"], ["text"]),
    };

    private static readonly RelocationEntity Post = Entity("post", ["id"], ["slug"]) with { Children = [Tags, Lines] };

    private static readonly RelocationEntity Tagging = Entity("tagging", ["post", "tag"], ["weight"], To("post"), To("tag"));

    private static readonly RelocationModel Model = RelocationModel.Create("shared", [Post, Entity("tag", ["id"], []), Tagging]);

    [Fact]
    public void Table_that_a_model_shares_with_members_of_another_is_one_object_with_the_columns_of_both()
    {
        var layouts = LayoutSet.Of(Model);

        var table = layouts.TableOf(Tagging);

        Assert.Same(table, layouts[Post].Children[0].Rows.Parts[0].Table);
        Assert.Equal("post tag weight", Names(table.Columns));
        Assert.Equal(["line", "post", "tag", "tagging"], layouts.AllTables().Select(each => each.Name).Order(StringComparer.Ordinal));
        Assert.Equal("post tagging line", string.Join(' ', layouts.AllTables(Post)));
    }

    [Fact]
    public void Rows_of_members_are_numbered_by_one_column_and_found_by_whole_keys()
    {
        var lines = LayoutSet.Of(Model)[Post].Children[1];
        var part = lines.Rows.Parts[0];

        Assert.Equal("no", Names(part.Table.Key));
        Assert.Equal((part.Table, "post", "post no"), (lines.ByOwner.Table, Names(lines.ByOwner.Fields), Names(lines.ByOwner.Answer)));
        Assert.Equal((part.Table, "post no"), (lines.ByKey(part).Table, Names(lines.ByKey(part).Fields)));
        Assert.Equal("post no", Names(lines.WithWholeKeys(new RowLookup(part.Table, part.Table.Key)).Answer));
    }

    [Fact]
    public void Models_that_tell_the_rows_of_one_table_apart_by_other_columns_keep_their_keys()
    {
        var byName = Entity("tag", ["id"], ["name"]);
        var byNumber = Entity("tag", ["name"], ["id"]) with { Label = ModelLabel.Parse("m.named") };
        var layouts = LayoutSet.Of(RelocationModel.Create("two", [byName, byNumber]));

        Assert.Equal("id", Names(layouts.TableOf(byName).Key));
        Assert.Equal("name", Names(layouts.TableOf(byNumber).Key));
    }

    [Fact]
    public void Plans_and_layouts_are_made_once_for_a_model()
    {
        var same = RelocationModel.Create("shared", Model.Entities);

        Assert.Same(LayoutSet.Of(Model), LayoutSet.Of(Model));
        Assert.NotSame(LayoutSet.Of(Model), LayoutSet.Of(same));
        Assert.Same(ImportPlan.For(Model), ImportPlan.For(Model));
        Assert.NotSame(ImportPlan.For(Model), ImportPlan.For(same));
    }

    private static string Names(IEnumerable<RelocationField> columns) => string.Join(' ', columns.Select(column => column.Column));

    private static RelocationEntity Entity(string name, string[] key, string[] fields, params RelocationReference[] references) => new()
    {
        Label = ModelLabel.Parse($"m.{name}"),
        Table = name,
        Key = new RelocationKey { Fields = [.. key.Select(Field)], Policy = key.Length > 1 ? KeyPolicy.Compose : KeyPolicy.Remap },
        Fields = [.. fields.Select(Field)],
        References = references,
    };

    private static RelocationField Field(string name) => new() { Name = name, Column = name, Type = FieldType.Integer, StoreType = "INTEGER" };

    private static RelocationReference To(string target) => new() { Name = target, Fields = [target], Target = ModelLabel.Parse($"m.{target}") };
}
