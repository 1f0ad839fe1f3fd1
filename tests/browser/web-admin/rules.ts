// What the stand-in does because oVirt's web admin does it. `rules.spec.ts` proves every row of the table.
//
// The sources are files of github.com/oVirt/ovirt-engine, each with a name that stands in it where the rule is made; read
// at commit 0111fc63036bca662aa6275a8ad16282cccf86bf of 19 August 2026.

const webadmin = "frontend/webadmin/modules/webadmin/src/main/java/org/ovirt/engine/ui/webadmin";
const server = "frontend/webadmin/modules/frontend/src/main/java/org/ovirt/engine/ui/frontend/server/gwt";
const common = "frontend/webadmin/modules/gwt-common/src/main/java/org/ovirt/engine/ui/common";
const servlet = "backend/manager/modules/utils/src/main/java/org/ovirt/engine/core/utils/servlet";
const web = "frontend/webadmin/modules/webadmin/src/main/webapp/WEB-INF/web.xml";

const manager = `${webadmin}/plugin/PluginManager.java`;
const functions = `${webadmin}/plugin/api/PluginUiFunctions.java`;
const menu = `${webadmin}/section/main/view/MenuView.java`;
const places = `${common}/place/ApplicationPlaceManager.java`;
const frame = `${webadmin}/section/main/view/AbstractDynamicUrlContentView.java`;
const events = `${webadmin}/plugin/PluginEventHandler.java`;
const data = `${server}/plugin/PluginData.java`;
const dataManager = `${server}/plugin/PluginDataManager.java`;
const resources = `${server}/plugin/PluginResourceServlet.java`;

/** A rule, the file that makes it, and a name in that file. */
export type Rule = { says: string; source: string; at: string };

const rule = (says: string, source: string, at: string): Rule => ({ says, source, at });

export const rules = {
  // Descriptors and the admin's files
  "which files": rule("descriptors are the *.json directly in the one directory, the admin's files are NAME-config.json in the other", dataManager, "getConfigurationFileName"),
  required: rule("a descriptor without a name or a url is left out", data, "checkRequiredNonEmptyStringNode"),
  types: rule("a member of the wrong type leaves the whole plug-in out, in either file", data, "checkOptionalBooleanNode"),
  defaults: rule("without further words a plug-in is enabled, loaded lazily and comes last", data, "isLazyLoad"),
  merge: rule("the admin's configuration replaces the default's members, whole ones", data, "mergeConfiguration"),
  comments: rule("comments are allowed in the files", dataManager, "ALLOW_COMMENTS"),
  "broken settings": rule("a file of the admin's that is no JSON counts as empty", dataManager, "createEmptyObjectNode"),
  reload: rule("files are read again for the host page, and only if they are newer; what is gone is noticed", dataManager, "reloadDescriptor"),
  "kept when invalid": rule("a change for the worse is not taken: the plug-in stays as it was", dataManager, "Data validation failed"),
  order: rule("plug-ins come in ascending order", data, "compareTo"),
  definitions: rule("the host page is told name, url, config, lazyLoad and enabled", `${server}/WebAdminHostPageServlet.java`, "getPluginDefinitionsArray"),
  "home page": rule("an admin's own home page is taken when the address names no place", "frontend/webadmin/modules/frontend/src/main/resources/META-INF/resources/GwtHostPage.jsp", "customHomePage"),

  // Files of plug-ins
  "resource path": rule("a file is found below the plug-in's resource path, by the plug-in's name", resources, "getResourcePath"),
  "not a file": rule("no file name, a folder, an unknown plug-in and one without resources are 404", resources, "SC_NOT_FOUND"),
  "insane path": rule("a path with .., // or ./ in it, or with more than 512 characters, is 404", `${servlet}/ServletUtils.java`, "isSane"),
  "after a restart": rule("files are 404 after a restart until somebody has opened the host page", resources, "getCurrentData"),
  "no log-in": rule("files are served to everybody", web, "SsoLoginFilter"),
  "ask again": rule("files and the host page are to be asked for again", `${servlet}/CachingFilter.java`, "getYesterdayHttpDate"),
  "which are to be asked for again": rule("so it is for everything below plugin/", web, "plugin\\/.*"),
  "entity tag": rule("files have a weak tag of length and time; exactly that tag is answered with 304, and * with 412", `${servlet}/ServletUtils.java`, "getETag"),
  "content type": rule("the type is the machine's, without a charset; what it does not know is application/octet-stream", `${servlet}/ServletUtils.java`, "/etc/mime.types"),
  uncompressed: rule("the proxy in front compresses neither .wasm nor application/javascript", "packaging/conf/ovirt-engine-proxy.conf.v2.in", "AddOutputFilterByType DEFLATE"),
  guards: rule("every answer forbids foreign frames and guessing of types", `${servlet}/HeaderFilter.java`, "X_FRAME_OPTIONS_DEFAULT"),

  // Life of plug-ins
  frames: rule("every enabled plug-in gets a frame without size in the body, at once; a disabled one stays defined", manager, "createIFrameElement"),
  "one per name": rule("the first plug-in of a name is the one; nothing without a name or a url is loaded", manager, "is already defined"),
  api: rule("pluginApi works with and without new, and gives every caller the same plug-in's record", manager, "exposePluginApi"),
  "register once": rule("handlers are registered once; a second time changes nothing", manager, "registerPluginEventHandlerObject"),
  ready: rule("ready() counts while loading, after register(), and once; UiInit runs inside it", manager, "pluginReady"),
  states: rule("a plug-in goes from DEFINED over LOADING, READY and INITIALIZING to IN_USE, or ends as FAILED", `${webadmin}/plugin/PluginState.java`, "INITIALIZING"),
  "fails at its start": rule("a plug-in whose UiInit throws is taken out, and nobody waits for it", manager, "initPlugin"),
  "fails later": rule("a plug-in whose handler throws is taken out, and the others go on", manager, "removed from service due to failure"),
  gate: rule("a call before its time does nothing and gives undefined; what only reads works while loading", manager, "validatePluginAction"),
  readers: rule("readers: user, id, token, the engine's address, locale with a dash, place, configuration", functions, "getCurrentLocale"),
  waits: rule("the first place waits for every plug-in that is not lazy, without an end", `${webadmin}/system/ApplicationInit.java`, "performPlaceTransition"),
  login: rule("plug-ins are told of the log-in, and those that are not in use yet once they are", events, "UserLogin"),
  messages: rule("messages go to every plug-in that allows their origin; what is neither object, string, number nor boolean is left out", events, "originMatches"),

  // Places
  "menu order": rule("the priority is where a place is put in; below zero is the top, beyond the end is the end", menu, "addPrimaryMenuItemPlace"),
  "secondary places": rule("a place inside a container of the menu; unknown containers are ignored", `${webadmin}/section/main/presenter/MenuPresenterWidget.java`, "menuContainers"),
  "default place": rule("every place that is added becomes the default, whatever its options say", functions, "placeManager.setDefaultPlace(historyToken)"),
  "unknown place": rule("an unknown place leads to the default one", places, "revealErrorPlace"),
  "place frame": rule("a place is a frame that goes on leaving and loads anew on coming back", frame, "onAttach"),
  "frame height": rule("the frame ends six pixels above the window's end, and follows the window", frame, "IFRAME_SUBTRACT"),
  parameters: rule("what follows a place's token in the address does not reach its frame", `${webadmin}/section/main/presenter/DynamicUrlContentProxy.java`, "PlaceWithGatekeeper"),
  later: rule("places are revealed and changed in a later task", functions, "scheduleDeferred"),
  unload: rule("an unload handler is set on the frame's window", frame, "setUnloadHandlerImpl"),
  toasts: rule("toasts and alerts have one of four kinds; any other word is INFO", `${common}/widget/uicommon/tasks/ToastNotification.java`, "valueOf(name.toUpperCase())"),
  "log and fatal errors": rule("the log and fatal errors are open to every plug-in at any time", manager, "reportFatalError"),

  // The session
  bearer: rule("the API takes the web admin's token as Bearer for as long as its session lives", "backend/manager/modules/aaa/src/main/java/org/ovirt/engine/core/aaa/filters/SsoRestApiAuthFilter.java", "GetEngineSessionIdForSsoToken"),
  challenge: rule("whoever is not logged in gets 401, and a challenge that makes browsers ask for a password", "backend/manager/modules/restapi/webapp/src/main/webapp/WEB-INF/web.xml", 'Basic realm="RESTAPI"'),
  "token of the page": rule("the token comes with the host page and stays as it is", `${server}/GwtDynamicHostPageServlet.java`, "ssoToken"),
  expiry: rule("when its session has ended the web admin loads itself again", `${common}/system/BaseApplicationInit.java`, "onSessionExpired"),
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;
