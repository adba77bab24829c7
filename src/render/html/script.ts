// The page's one script: reads values under the pointer, zooms, leads from a burst to its place, copies citations.
// Everything it shows stands in the page without it. It builds no markup from text and sets no inline styles by
// attribute, so the policy of the page can stay closed.

import type { Words } from "../words/en.ts";

const SHARED = `
const S=1e6,$=(e,q)=>[...e.querySelectorAll(q)],NS="http://www.w3.org/2000/svg";
const svg=(n,a,p)=>{const e=document.createElementNS(NS,n);for(const k in a)e.setAttribute(k,a[k]);if(p)p.append(e);return e};
const two=n=>String(n).padStart(2,"0"),group=n=>String(n).length<W.from?String(n):String(n).replace(/\\B(?=(\\d{3})+$)/g,W.group);
const button=(text,act)=>{const b=document.createElement("button");b.type="button";b.textContent=text;b.onclick=act;return b};
const offsets=new Map;
function offset(us,tz){
  const hour=Math.floor(us/S/900),key=tz+hour;
  if(!offsets.has(key)){
    const f={},ms=hour*9e5;
    for(const p of new Intl.DateTimeFormat("en-US",{timeZone:tz,hourCycle:"h23",year:"numeric",month:"numeric",day:"numeric",hour:"numeric",minute:"numeric",second:"numeric"}).formatToParts(ms))f[p.type]=+p.value;
    offsets.set(key,(Date.UTC(f.year,f.month-1,f.day,f.hour,f.minute,f.second)-ms)*1e3);
  }
  return offsets.get(key);
}
const wall=(us,tz)=>new Date((us+offset(us,tz))/1e3).toISOString();
const clock=(us,tz)=>wall(us,tz).slice(0,19).replace("T"," ");
`;

// Steps of a zoomed axis, in seconds; days beyond the last are multiples of it.
const AXIS = `
const STEPS=[1,2,5,10,15,30,60,120,300,600,900,1800,3600,7200,10800,21600,43200,86400,172800,604800,1209600,2592000];
function drawTicks(c){
  const {svgBox,from,to,tz}=c,width=svgBox.clientWidth||600,length=to-from;
  $(svgBox,".own").forEach(g=>g.remove());
  const whole=from<=c.from0&&to>=c.to0;
  $(svgBox,".ticks").forEach(g=>g.classList.toggle("off",!whole));
  if(whole)return;
  const most=Math.max(2,width/95),step=(STEPS.find(s=>length/S/s<=most)||STEPS.at(-1))*S;
  const g=svg("g",{class:"own"},c.axis);
  let last="";
  const shift=offset(from,tz);
  for(let t=Math.ceil((from+shift)/step)*step-shift;t<=to;t+=step){
    const at=t-offset(t,tz)+shift;
    if(at<from||at>to)continue;
    const w=wall(at,tz),day=w.slice(0,10),share=(at-from)/length,x=100*share+"%",room=36/width;
    const side=share<room?"start":share>1-room?"end":"middle";
    svg("line",{class:"base",x1:x,x2:x,y1:c.top,y2:c.top+5},g);
    svg("text",{x,y:c.top+18,"text-anchor":side},g).textContent=step>=86400*S?w.slice(5,10):step<60*S?w.slice(11,19):w.slice(11,16);
    const under=step>=86400*S?w.slice(0,4):day;
    if(under!==last)svg("text",{x,y:c.top+33,"text-anchor":side},g).textContent=under;
    last=under;
  }
}
`;

const CHART = `
function show(c,from,to){
  const least=Math.min(c.to0-c.from0,20*c.step),length=Math.max(least,to-from);
  from=Math.max(c.from0,Math.min(from,c.to0-length));
  c.from=from;c.to=from+length;
  const whole=c.to0-c.from0,a=(from-c.from0)/whole,b=(c.to-c.from0)/whole,k=100/(b-a);
  for(const z of c.zooms){const h=z.getAttribute("height");z.setAttribute("viewBox",1000*a+" 0 "+1000*(b-a)+" "+h)}
  for(const e of c.placed){
    const p=(e.dataset.a-a)*k,n=e.tagName;
    if(n==="rect"){e.setAttribute("x",p+"%");e.setAttribute("width",Math.max(0,(e.dataset.b-e.dataset.a)*k)+"%")}
    else if(n==="line"){e.setAttribute("x1",p+"%");e.setAttribute("x2",p+"%")}
    else e.setAttribute("x",p+"%");
  }
  c.all.hidden=a<=0&&b>=1;
  number(c,a,k);drawTicks(c);read(c,null);
}
// Numbers above bursts: as many as have room at this width, first come first.
function number(c,a,k){
  const width=c.svgBox.clientWidth||600;
  let free=-1;
  for(const e of c.nums){
    const x=(e.dataset.a-a)*k*width/100,half=e.textContent.length*4+5,fits=x>=0&&x<=width&&x-half>=free;
    e.classList.toggle("off",!fits);
    if(fits)free=x+half;
  }
}
function read(c,us){
  c.cross.setAttribute("visibility",us===null?"hidden":"visible");
  if(us===null){c.said.textContent=c.help;c.at=null;return}
  const i=Math.max(0,Math.min(c.printed.length-1,Math.floor((us-c.from0)/c.step))),at=c.from0+i*c.step;
  c.at=at+c.step/2;
  const x=100*(Math.min(c.to0,c.at)-c.from)/(c.to-c.from)+"%";
  c.cross.setAttribute("x1",x);c.cross.setAttribute("x2",x);
  const one=clock(at,c.tz),two=clock(Math.min(at+c.step,c.to0),c.tz);
  const parts=[one+" - "+(one.slice(0,10)===two.slice(0,10)?two.slice(11):two)];
  parts.push(W.printed+" "+group(c.printed[i]),W.reported+" "+group(c.reported[i]));
  if(c.high[i]!=="")parts.push(W.connections+" "+(c.low[i]===c.high[i]?"":group(c.low[i])+" - ")+group(c.high[i]));
  if(c.limits[i]!=="")parts.push(W.limit+" "+group(c.limits[i]));
  const f=(c.at-c.from0)/(c.to0-c.from0);
  if(c.holes.some(h=>+h.dataset.a<=f&&f<+h.dataset.b))parts.push(W.noLog);
  c.said.textContent=parts.join(", ");
}
`;

const HANDS = `
function start(fig){
  const d=fig.dataset,svgBox=fig.querySelector("svg.plot"),list=n=>d[n].split(",");
  const c={fig,svgBox,from0:+d.from,to0:+d.to,from:+d.from,to:+d.to,step:+d.step,tz:d.tz,printed:list("printed"),reported:list("reported"),low:list("low"),high:list("high"),limits:list("limits"),at:null,
    zooms:$(svgBox,"svg.zoom"),placed:$(svgBox,"[data-a]"),nums:$(svgBox,"text.num"),holes:$(svgBox,"rect.hole"),help:W.help};
  const wide=svgBox.querySelector(".ticks"),base=wide&&wide.parentNode;
  if(!base||!(c.step>0))return;
  c.axis=base;c.top=+base.querySelector("line").getAttribute("y1");
  c.cross=svg("line",{class:"cross",y1:20,y2:c.top,visibility:"hidden"},svgBox);
  const drag=svg("rect",{class:"drag",y:20,height:c.top-20,visibility:"hidden"},svgBox);
  c.said=document.createElement("p");c.said.className="readout soft";c.said.setAttribute("role","status");
  c.all=button(W.all,()=>show(c,c.from0,c.to0));
  const box=fig.querySelector(".chart");box.after(c.said,c.all);
  box.tabIndex=0;box.setAttribute("role","group");box.setAttribute("aria-label",W.help);
  const us=e=>{const r=svgBox.getBoundingClientRect();return c.from+Math.max(0,Math.min(1,(e.clientX-r.left)/r.width))*(c.to-c.from)};
  let down=null;
  svgBox.addEventListener("pointerdown",e=>{if(e.button===0&&e.pointerType==="mouse"){down=us(e);svgBox.setPointerCapture(e.pointerId);e.preventDefault()}});
  svgBox.addEventListener("pointermove",e=>{
    const now=us(e);read(c,now);
    if(down===null)return;
    const l=c.to-c.from,a=(Math.min(down,now)-c.from)/l,b=(Math.max(down,now)-c.from)/l;
    drag.setAttribute("x",100*a+"%");drag.setAttribute("width",100*(b-a)+"%");drag.setAttribute("visibility","visible");
  });
  svgBox.addEventListener("pointerup",e=>{
    const a=down,b=us(e);down=null;drag.setAttribute("visibility","hidden");
    if(a!==null&&Math.abs(a-b)>(c.to-c.from)/100)show(c,Math.min(a,b),Math.max(a,b));
  });
  svgBox.addEventListener("pointerdown",e=>{if(e.pointerType!=="mouse")read(c,us(e))});
  svgBox.addEventListener("pointerleave",()=>{if(down===null)read(c,null)});
  svgBox.addEventListener("dblclick",()=>show(c,c.from0,c.to0));
  box.addEventListener("keydown",e=>{
    const mid=c.at??(c.from+c.to)/2,l=c.to-c.from,k=e.key;
    if(k==="ArrowRight"||k==="ArrowLeft"){
      const next=c.at===null?mid:Math.max(c.from0,Math.min(c.to0-1,c.at+(k==="ArrowRight"?c.step:-c.step)));
      if(next<c.from||next>c.to)show(c,next-l/2,next+l/2);
      read(c,next);
    }
    else if(k==="+"||k==="=")show(c,mid-l/4,mid+l/4);
    else if(k==="-")show(c,mid-l,mid+l);
    else if(k==="Escape")show(c,c.from0,c.to0);
    else return;
    e.preventDefault();
  });
  fig.chart=c;show(c,c.from0,c.to0);
  addEventListener("resize",()=>show(c,c.from,c.to));
}
`;

const REST = `
$(document,"figure.timeline").forEach(start);
addEventListener("click",e=>{
  const link=e.target.closest&&e.target.closest("a.jump");
  if(!link)return;
  const fig=document.getElementById(link.hash.slice(1)),c=fig&&fig.chart;
  if(!c)return;
  e.preventDefault();
  const a=+link.dataset.from,b=+link.dataset.to,room=Math.max(b-a,10*c.step);
  show(c,a-room,b+room);read(c,(a+b)/2);
  fig.querySelector(".chart").focus({preventScroll:true});
  fig.scrollIntoView({block:"start",behavior:matchMedia("(prefers-reduced-motion: reduce)").matches?"auto":"smooth"});
});
function copyOld(text){
  const t=document.createElement("textarea");t.value=text;document.body.append(t);t.select();
  try{return document.execCommand("copy")}catch{return false}finally{t.remove()}
}
for(const li of $(document,"[data-cite]")){
  const b=button(W.copy,async()=>{
    let ok;
    try{await navigator.clipboard.writeText(li.dataset.cite);ok=true}catch{ok=copyOld(li.dataset.cite)}
    if(ok){b.textContent=W.copied;setTimeout(()=>{b.textContent=W.copy},1500)}
  });
  li.querySelector("span").after(b);
}
const open=()=>{const e=location.hash.length>1&&document.getElementById(location.hash.slice(1));if(e&&e.tagName==="DETAILS")e.open=true};
addEventListener("hashchange",open);open();
let shut=[];
addEventListener("beforeprint",()=>{shut=$(document,"details.burst:not([open])");shut.forEach(d=>{d.open=true})});
addEventListener("afterprint",()=>shut.forEach(d=>{d.open=false}));
`;

export function scriptFor(w: Words): string {
  const words = {
    ...w.readout,
    group: w.digits.group,
    from: w.digits.groupFrom,
    help: w.chartHelp,
    all: w.showAll,
    copy: w.copy,
    copied: w.copied,
  };
  return `"use strict";{const W=${JSON.stringify(words)};${SHARED}${AXIS}${CHART}${HANDS}${REST}}\n`;
}
