using CsCheck;
using Xunit;

namespace Relocation.Testing.Tests.Modeling;

/// <summary>Rules that do not fit a model are refused when they are put into it, all at once.</summary>
public sealed class BackupRuleTests
{
    [Fact]
    public void Rules_that_name_what_the_model_does_not_have_are_all_listed()
    {
        var exception = Assert.Throws<RelocationModelException>(() => Model().WithRules(
            BackupRule.ModelRenamed("a.old", "a.absent"),
            BackupRule.FieldRenamed("a.node", "old", "absent"),
            BackupRule.FieldAdded("a.node", "missing", FieldDefault.Now)));

        Assert.Equal(
            [
                "The rule 'a.absent was a.old' names 'a.absent', which the model does not have.",
                "The rule 'a.node.absent was old' names field 'absent', which 'a.node' does not have.",
                "The rule 'a.node.missing was added' names field 'missing', which 'a.node' does not have.",
            ],
            exception.Problems);
    }

    [Fact]
    public void Rules_that_contradict_the_model_are_refused()
    {
        BackupRule[] contradictions =
        [
            BackupRule.FieldRenamed("a.node", "size", "name"),
            BackupRule.FieldRenamed("a.node", "home", "name"),
            BackupRule.FieldRenamed("a.node", "home.street.number", "name"),
            BackupRule.FieldDropped("a.node", "name"),
            BackupRule.FieldDropped("a.node", "title"),
            BackupRule.FieldDropped("a.node", "home"),
            BackupRule.ModelDropped("a.node"),
            BackupRule.ModelRenamed("a.leaf", "a.node"),
        ];

        Assert.All(contradictions, rule => Assert.Single(Assert.Throws<RelocationModelException>(() => Model().WithRules(rule)).Problems));
        Assert.Throws<RelocationModelException>(() => Model().WithRules(
            BackupRule.FieldRenamed("a.node", "old", "name"), BackupRule.FieldRenamed("a.node", "old", "size")));
        Assert.Throws<RelocationModelException>(() => Model().WithRules(
            BackupRule.FieldRenamed("a.node", "old", "name"), BackupRule.FieldDropped("a.node", "old")));
    }

    [Fact]
    public void Rules_add_up_and_leave_the_first_model_as_it_was()
    {
        var model = Model();

        var older = model.WithRules(BackupRule.FieldRenamed("a.node", "old", "name")).WithRules(
            BackupRule.FieldRenamed("a.node", "older", "title"), BackupRule.ModelDropped("a.gone"), BackupRule.ModelRenamed("b.node", "a.node"));

        Assert.Empty(model.Find(ModelLabel.Parse("a.node"))!.FindField("name")!.FormerNames);
        Assert.Equal(["old", "older"], older.Find(ModelLabel.Parse("b.node"))!.FindField("name")!.FormerNames);
        Assert.Equal("a.gone", Assert.Single(older.DroppedLabels).Value);
        Assert.Same(model, model.WithRules());
    }

    [Fact]
    public void Default_survives_being_an_annotations_text() =>
        Gen.OneOf(
            Gen.String.Select(text => FieldDefault.Of(text)),
            Gen.Long.Select(number => FieldDefault.Of(number)),
            Gen.Int[1, 100].Select(FieldDefault.Token),
            Gen.TimeSpan.Select(FieldDefault.After),
            Gen.Const(FieldDefault.Now),
            Gen.Const(FieldDefault.Guid),
            Gen.Const(FieldDefault.Of(DayOfWeek.Friday)),
            Gen.Const(FieldDefault.Database)).Sample(value => Assert.Equal(value, FieldDefault.FromText(value.ToText())));

    private static RelocationModel Model() => RelocationModel.Create(
        "a",
        [
            Entity("node", Field("name") with { Aliases = ["title"] }, Field("size"), Field("home.street")),
            Entity("leaf"),
        ]);

    private static RelocationEntity Entity(string name, params RelocationField[] fields) => new()
    {
        Label = ModelLabel.Parse($"a.{name}"),
        Table = name,
        Key = new RelocationKey { Fields = [Field("id")], Policy = KeyPolicy.Remap },
        Fields = fields,
    };

    private static RelocationField Field(string name) => new() { Name = name, Column = name, Type = FieldType.Integer, StoreType = "INTEGER" };
}
